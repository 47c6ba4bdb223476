#!/usr/bin/env bats
# The rules of the house: who may know whom, how files look, that tables and texts agree.
# shellcheck disable=SC2154,SC2046,SC2086,SC2016,SC2030,SC2031

load common

# The folders of src that each may know, below itself.
declare -gA below=(
	[base]='' [text]='base' [sql]='base' [kb]='base text sql' [pack]='base text sql'
	[store]='base text sql' [app]='base text kb pack store' [ui]='base text kb pack store app'
	[cli]='base text kb pack store app ui'
)

setup() {
	cd "$srcdir" || return 1
}

# Our own files of these names in these folders: what a build leaves there is not ours.
ours() {
	local name args=()
	for name in $2; do
		args+=(-o -name "$name")
	done
	find $1 -type f \( "${args[@]:1}" \) ! -path "src/*/schema.c" | LC_ALL=C sort
}

# None of the lines on stdin.
none() {
	local lines
	lines=$(cat)
	same "$lines" ''
}

# only_in FILE HEADER... : no other file of src includes one of these.
only_in() {
	local file=$1 header
	shift
	for header in "$@"; do
		grep -rnE "^# *include *[<\"](ncursesw?/)?${header}[>\"]" src --include='*.[ch]' |
			grep -v "^$file:" | none
	done
}

# ---- layers ----

@test "no file includes one of a folder above its own, or of one beside it" {
	ours src '*.c *.h' | while read -r f; do
		own=${f#src/}
		own=${own%/*}
		[[ $f != src/main.c ]] || continue
		[[ -v below[$own] ]] || echo "$f: no layer is known for src/$own"
		sed -n 's|^# *include *"\([a-z_]*\)/.*|\1|p' "$f" | while read -r other; do
			[[ " $own ${below[$own]-} " == *" $other "* ]] || echo "$f includes $other/"
		done
	done | none
}

@test "no library needs a symbol of one above it, or of one beside it" {
	for lib in "${!below[@]}"; do
		nm -g "$builddir/lib$lib.a" 2>/dev/null |
			awk -v lib="$lib" 'NF == 3 { print "has", lib, $3 }
				NF == 2 && $1 == "U" { print "needs", lib, $2 }'
	done | sort -u >"$tmp/symbols"
	for lib in "${!below[@]}"; do
		echo "may $lib $lib ${below[$lib]}"
	done | cat - "$tmp/symbols" | awk '
		$1 == "may" { for (i = 3; i <= NF; i++) may[$2, $i] = 1 }
		$1 == "has" { home[$3] = $2; n++ }
		$1 == "needs" && $3 in home && !(($2, home[$3]) in may) {
			print "lib" $2 " needs " $3 " of lib" home[$3] }
		END { if (n < 100) print "only", n, "symbols were found" }' | none
}

@test "each foreign library has one place" {
	only_in src/ui/term_curses.c curses.h ncurses.h term.h
	only_in src/sql/sql.c sqlite3.h
	only_in src/text/yaml.c yaml.h
	only_in 'src/text/md[_a-z]*.c' cmark.h
	only_in src/text/json.c jansson.h
	only_in src/pack/read.c sha2.h
}

@test "no library of ours has a variable that can change and that others see, but die_hook" {
	for lib in "${!below[@]}"; do
		nm -g -f sysv "$builddir/lib$lib.a" | awk -F '|' -v lib="$lib" '
			{ gsub(/ /, "") }
			$3 ~ /^[BDCGS]$/ && $7 ~ /^(\.s?bss|\.s?data|\.tbss|\.tdata|\*COM\*|COMMON)$/ &&
			$1 !~ /^(__|die_hook$)/ {
				print "lib" lib ": " $1 }'
	done | none
}

@test "SQL stands only in src/sql, the sql.def files, db/schema.sql and db/user.sql" {
	grep -rnE '"[^"]*(SELECT |INSERT [A-Z ]*INTO|DELETE FROM|UPDATE [a-z]+ SET|CREATE TABLE|PRAGMA )' \
		--include='*.[ch]' --include='*.def' src |
		grep -vE '^src/(sql/|(kb|pack|store)/sql\.def:|(pack|store)/schema\.c:)' | none
}

# ---- how files look ----

@test "every .c includes config.h, then its own header or one of its folder" {
	ours src '*.c' | while read -r f; do
		dir=${f#src/}
		dir=${dir%/*}
		own=$dir/$(basename "$f" .c).h
		mapfile -t first < <(sed -n 's/^#[[:blank:]]*include[[:blank:]]*//p' "$f" | head -n 2)
		[[ ${first[0]} == '"config.h"' ]] || echo "$f: first ${first[0]}"
		if [[ $f == src/main.c ]]; then
			continue
		elif [[ -f src/$own ]]; then    # or what the files of its folder share, which includes it
			[[ ${first[1]} == "\"$own\"" || ${first[1]} == "\"${own%.h}_in.h\"" ]] ||
				echo "$f: second ${first[1]}, not $own"
		else
			[[ ${first[1]} == "\"$dir/"* ]] || echo "$f: second ${first[1]}, not of $dir/"
		fi
	done | none
}

@test "every header has a guard of its folder and name" {
	ours src '*.h' | while read -r f; do
		guard=$(echo "${f#src/}" | tr 'a-z/.' 'A-Z__')
		mapfile -t lines < <(grep '^#' "$f")
		[[ ${lines[0]} == "#ifndef $guard" && ${lines[1]} == "#define $guard" &&
			${lines[-1]} == '#endif' ]] ||
			echo "$f: not guarded by $guard"
	done | none
}

@test "the first line of every header and table of src says what it is" {
	ours src '*.h *.def' | while read -r f; do
		[[ $(head -c 3 "$f") == '/* ' ]] || echo "$f: $(head -n 1 "$f")"
	done | none
}

@test "a function of the program has at most 60 lines" {
	ours 'src' '*.c *.h' | xargs awk '
		FNR == 1 { start = 0 }
		$0 == "{" { start = FNR }
		$0 == "}" && start {
			if (FNR - start + 1 > 60) print FILENAME ":" start ": " FNR - start + 1 " lines"
			start = 0 }' | none
}

@test "a file of the program has at most 500 lines" {
	ours 'src' '*.c *.h *.def' | xargs wc -l |
		awk '$1 > 500 && $2 != "total" { print $2 ": " $1 " lines" }' | none
}

@test "a line has at most 110 columns" {
	{ ours src '*.c *.h *.def'
		ls db/schema.sql db/user.sql; } |
		while read -r f; do
			expand "$f" | grep -nE '^.{111}' | sed "s|^|$f:|" | cut -c 1-100
		done | none
}

# What we wrote, all of it: folders that others fill are left out, and so is what make leaves in them.
everything() {
	find src db man tests .ci README COPYING NEWS Makefile.am configure.ac bootstrap -type f \
		! -name '*.o' ! -name '*.log' ! -name '*.trs' ! -path '*/.d*' ! -path 'src/*/schema.c' \
		2>/dev/null
}

@test "no line ends in a blank" {
	everything | grep -v '^tests/golden/' | xargs grep -nIE '[[:blank:]]+$' | none
}

@test "no file is written with carriage returns, or without a newline at its end" {
	everything | xargs grep -lI $'\r' | none
	everything | grep -v '^tests/golden/' | while read -r f; do
		[[ -z $(tail -c 1 "$f") ]] || echo "$f"
	done | none
}

@test "nothing in the tree speaks of the place where it was written" {
	everything | xargs grep -niIE '/wor[k]/|share[d]/|ptyben[c]h|helpe[r]-' | none
}

# ---- tables and texts agree ----

@test "Makefile.am names every file of src" {
	everything | grep '^src/' | while read -r f; do
		grep -qwF "$f" Makefile.am || echo "$f"
	done | none
}

@test "help lists every command and every option, and each option has a letter of its own" {
	onus help >"$tmp/help"
	sed -n 's/^SUB([A-Z_]*, *"\([a-z]*\)".*/\1/p' src/cli/sub.def >"$tmp/words"
	[[ -s $tmp/words ]]
	while read -r word; do
		grep -q "^  $word " "$tmp/help" || echo "$word"
		onus help "$word" | grep -q "^usage: onus $word" || echo "help $word"
	done <"$tmp/words" | none
	sed -n "s/^OPT([A-Z_]*, *'\\(.\\)', *\"\\([a-z-]*\\)\".*/-\\1, --\\2/p" src/base/opt.def \
		>"$tmp/options"
	[[ -s $tmp/options ]]
	while read -r option; do
		grep -qE -e "^  $option( |\$)" "$tmp/help" || echo "$option"
	done <"$tmp/options" | none
	same "$(cut -c 2 "$tmp/options" | sort | uniq -d)" ''
}

@test "the help of a command has the options that it takes, and no others" {
	sed -n 's/^SUB([A-Z_]*, *"\([a-z]*\)".*/\1/p' src/cli/sub.def | while read -r word; do
		sed -n 's/^OPT([A-Z_]*, *.\(.\)., *"\([a-z-]*\)", *[^,]*, *"\([^"]*\)".*/\2 \3 /p' \
			src/base/opt.def |
			awk -v w="$word" 'NF == 1 || index($0 " ", " " w " ") { print $1 }' >"$tmp/want"
		onus help "$word" | sed -n 's/^  -., --\([a-z-]*\).*/\1/p' | diff "$tmp/want" - |
			sed "s/^/$word: /"
	done | none
}

@test "onus help keys has every command of the explorer" {
	onus help keys >"$tmp/keys"
	sed -n 's/^ *\("[^"]*", \)*"\(.*\)")$/\2/p' src/app/cmd.def >"$tmp/helps"
	same "$(wc -l <"$tmp/helps")" "$(grep -c '^CMD(' src/app/cmd.def)"
	while read -r sentence; do
		grep -qF -e " $sentence" "$tmp/keys" || echo "$sentence"
	done <"$tmp/helps" | none
}

@test "every table of schema.sql is filled by pack and read by kb" {
	sed -n 's/^CREATE [A-Z ]*TABLE \([a-z_]*\).*/\1/p' db/schema.sql | while read -r table; do
		grep -q "INSERT [A-Z ]*INTO $table\b" src/pack/sql.def || echo "$table is not filled"
		grep -qE "(FROM|JOIN) $table\b" src/kb/sql.def || echo "$table is not read"
	done | none
}

@test "every statement is used" {
	for dir in kb pack store; do
		sed -n 's/^SQL(\([A-Z_]*\),.*/\1/p' src/$dir/sql.def | while read -r id; do
			grep -rqwE "${dir^^}_$id" src/$dir || echo "$dir/sql.def: $id"
		done
	done | none
}
