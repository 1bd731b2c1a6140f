import { afterAll } from 'vitest'
import './typed-arrays.js'
import { removeTemporaryFolders } from './temporary-folder.js'

// Run for each test file. A helper that files share is loaded once a process: hooks of its own would be those of one file alone.
afterAll(removeTemporaryFolders)
