/** The shells there is a completion script for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/*
 * Each script hands the words typed so far to `sf-handoff complete --` and shows what comes back: one word a line, a tab and its
 * meaning behind it, last a line `:0` where file names fit and `:4` where they do not. What is being typed is never evaluated, and
 * nothing but the shell itself is needed: bash from 3.2 on, with or without the package bash-completion.
 */

const BASH = `# bash completion for sf-handoff
_sf_handoff() {
  local line="\${COMP_LINE:0:$COMP_POINT}" cur lead value files=no
  local -a words
  read -r -a words <<< "$line"
  case "$line" in *[[:space:]]) words[\${#words[@]}]="" ;; esac
  cur="\${words[\${#words[@]}-1]}"
  COMPREPLY=()
  while IFS=$'\\t' read -r value _; do
    case "$value" in
      :0) files=yes ;;
      :*) ;;
      *) COMPREPLY[\${#COMPREPLY[@]}]="$value" ;;
    esac
  done < <("\${words[0]}" complete -- "\${words[@]:1}" 2> /dev/null)
  # What stands before the last = or : is kept by the shell.
  lead="\${cur%"\${cur##*[:=]}"}"
  if [ "$files" = yes ]; then
    compopt -o filenames 2> /dev/null
    while IFS= read -r value; do
      COMPREPLY[\${#COMPREPLY[@]}]="$value"
    done < <(compgen -f -- "\${cur#"$lead"}")
  elif [ "\${#COMPREPLY[@]}" -gt 0 ]; then
    COMPREPLY=("\${COMPREPLY[@]#"$lead"}")
  fi
}
complete -F _sf_handoff sf-handoff
`;

const ZSH = `#compdef sf-handoff
# zsh completion for sf-handoff
_sf_handoff() {
  local line files=no
  local -a lines values
  lines=("\${(@f)$("\${(Q)words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2> /dev/null)}")
  for line in $lines; do
    case $line in
      :0) files=yes ;;
      :*) ;;
      *) values+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done
  if [[ $files == yes ]]; then
    compset -P '*='
    _files
  else
    _describe -t values 'sf-handoff' values
  fi
}
if [[ "$funcstack[1]" == _sf?handoff ]]; then
  _sf_handoff "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef _sf_handoff sf-handoff
fi
`;

const FISH = `# fish completion for sf-handoff
function __sf_handoff_complete
    set -l words (commandline -opc)
    set -l cur (commandline -ct)
    for line in ($words[1] complete -- $words[2..-1] "$cur" 2> /dev/null)
        switch $line
            case ':0'
                set -l lead (string match -r -- '^-[^=]*=' "$cur")
                for path in (__fish_complete_path (string replace -r -- '^-[^=]*=' '' "$cur"))
                    echo "$lead$path"
                end
            case ':*'
            case '*'
                echo $line
        end
    end
end
complete -c sf-handoff -f -a '(__sf_handoff_complete)'
`;

export function completionScript(shell: Shell): string {
  return { bash: BASH, zsh: ZSH, fish: FISH }[shell];
}
