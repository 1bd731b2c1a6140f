import type { CompletionWords } from './words.js'

export type Shell = 'bash' | 'zsh' | 'fish'

/** A completion script that needs nothing at run time: every word stands in it. */
export function completionScript(shell: Shell, bin: string, words: readonly CompletionWords[]): string {
  if (shell === 'fish') return fishScript(bin, words)
  const bash = bashScript(bin, words)
  return shell === 'bash' ? bash : `#compdef ${bin}\nautoload -U +X bashcompinit && bashcompinit\n${bash}`
}

function bashScript(bin: string, words: readonly CompletionWords[]): string {
  const cases = words.map(
    ({ path, next, flags }) =>
      `    ${JSON.stringify(path)}) next=${JSON.stringify(next.join(' '))}; flags=${JSON.stringify(flags.join(' '))} ;;`,
  )
  return `_${bin}() {
  local cur path word next flags candidate
  cur="\${COMP_WORDS[COMP_CWORD]}"
  path=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) break ;; esac
    candidate="\${path:+$path }$word"
    case "$candidate" in
${words
  .filter(({ path }) => path !== '')
  .map(({ path }) => `      ${JSON.stringify(path)}) path="$candidate" ;;`)
  .join('\n')}
      *) break ;;
    esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  case "$cur" in
    -*) COMPREPLY=($(compgen -W "$flags" -- "$cur")) ;;
    *) COMPREPLY=($(compgen -W "$next" -- "$cur")); [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$cur")) ;;
  esac
}
complete -o filenames -F _${bin} ${bin}
`
}

function fishScript(bin: string, words: readonly CompletionWords[]): string {
  const lines = words.flatMap(({ path, next, flags }) => {
    const typed = path === '' ? [] : path.split(' ')
    const condition =
      typed.length === 0
        ? '__fish_use_subcommand'
        : `${typed.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ')}${next.length === 0 ? '' : `; and not __fish_seen_subcommand_from ${next.join(' ')}`}`
    return [
      ...(next.length === 0 ? [] : [`complete -c ${bin} -f -n '${condition}' -a '${next.join(' ')}'`]),
      ...(typed.length === 0 ? [] : flags.map((flag) => `complete -c ${bin} -n '${condition}' -l ${flag.slice(2)}`)),
    ]
  })
  return `${lines.join('\n')}\n`
}
