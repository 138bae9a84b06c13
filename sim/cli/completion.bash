# Completion of sahel for bash. It asks the program itself, so that it is never behind:
# `sahel help --words` lists the commands, with a COMMAND its options ("--output FILE"),
# and last what it takes ("SCENARIO.yaml").

# Files whose names match a pattern, and folders on the way to them.
_sahel_files() {
    local name
    compopt -o filenames
    while IFS= read -r name; do
        [[ -d $name || $name == $1 ]] && COMPREPLY+=("$name")
    done < <(compgen -f -- "$2")
}

_sahel_values() {
    case $1 in
    *.yaml*) _sahel_files '*.y?(a)ml' "$2" ;;
    *.h5*) _sahel_files '*.h5' "$2" ;;
    *FILE*) _sahel_files '*' "$2" ;;
    *DIR*) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$2") ;;
    *COMMAND*) mapfile -t COMPREPLY < <(compgen -W "$("$3" help --words)" -- "$2") ;;
    json) COMPREPLY=(json) ;;
    esac
}

_sahel() {
    local program=$1 word=$2 before=$3 command=${COMP_WORDS[1]} words option
    local -a lines
    COMPREPLY=()
    if ((COMP_CWORD == 1)); then
        words="$("$program" help --words 2>/dev/null) --help --version"
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
        return
    fi
    mapfile -t lines < <("$program" help --words "$command" 2>/dev/null)
    ((${#lines[@]})) || return
    # "--output=ru" arrives as three words
    [[ $word == '=' ]] && before=${COMP_WORDS[COMP_CWORD - 1]} word=
    [[ $before == '=' ]] && before=${COMP_WORDS[COMP_CWORD - 2]}
    for option in "${lines[@]}"; do
        if [[ $option == "$before "* && $option == -* ]]; then
            _sahel_values "${option#* }" "$word" "$program"
            return
        fi
    done
    if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(printf '%s\n' "${lines[@]}" |
            sed -n 's/^\(-[^ ]*\).*/\1/p')" -- "$word")
        return
    fi
    _sahel_values "${lines[-1]}" "$word" "$program"
}

complete -F _sahel sahel
