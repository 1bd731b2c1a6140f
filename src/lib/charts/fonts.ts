import type { GlobalFonts } from 'canvas'
import { ContangoError } from '../kernel/errors.js'
import { resolvePackageFile } from './resolve-package-file.js'

/** The family name inside the bundled files, under which canvas and SVG know it. */
const FAMILY = 'DejaVu Sans'
const FILES = ['ttf/DejaVuSans.ttf', 'ttf/DejaVuSans-Bold.ttf'] as const

let registered = false

/**
 * Makes the bundled font known to the canvas that measures and draws text. Without a font a PNG comes out with no
 * text and no error, so a font that is missing stops the run.
 */
export async function registerFonts(): Promise<void> {
  if (registered) return
  const canvas = await import('canvas')
  for (const file of FILES) {
    if (!registeredFont(canvas.GlobalFonts, file)) {
      throw new ContangoError(
        'config',
        'FONT_MISSING',
        `the bundled font ${file.replace('ttf/', '')} cannot be read: the picture would have no text`,
        'run npm ci: package dejavu-fonts-ttf brings it',
        { font: file },
      )
    }
  }
  registered = true
}

function registeredFont(fonts: typeof GlobalFonts, file: string): boolean {
  try {
    return fonts.registerFromPath(resolvePackageFile('dejavu-fonts-ttf/package.json', file), FAMILY) !== null
  } catch {
    return false
  }
}
