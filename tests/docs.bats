#!/usr/bin/env bats
# The manual and the help say what the tables in src say, and what the program does.

setup() {
	src=$(cd "${srcdir:-$BATS_TEST_DIRNAME/..}" && pwd)
	build=$(cd "${builddir:-$src/build}" && pwd)
	manual=$src/man/onus.1
	manuals="$src/man/onus.1 $src/man/onus-pack.5"
	onus=$build/onus
	docgen=$build/tests/docgen
	export ONUS_DB=$build/db/onus.db LC_ALL=C.UTF-8
	unset NO_COLOR
}

# section NAME: the lines of a section of the manual.
section() {
	awk -v name="$1" '/^\.Sh /{ inside = $0 == ".Sh " name; next } inside' "$manual"
}

# subsection NAME: likewise, below .Ss.
subsection() {
	awk -v name="$1" '/^\.S[hs] /{ inside = $0 == ".Ss " name; next } inside' "$manual"
}

# block NAME: what stands between the markers, in whichever manual has them.
block() {
	# shellcheck disable=SC2086
	awk -v name="$1" '
		index($0, ".\\\" END " name) == 1 { inside = 0 }
		inside
		index($0, ".\\\" BEGIN " name " ") == 1 { inside = 1 }' $manuals
}

# opt.def as lines: letter long argument(or NULL) command,command (or -).
options() {
	sed -n -e "s/^OPT([A-Z]*, *'\(.\)', *\"\([^\"]*\)\", *\"*\([A-Z]*\)\"*, *\"\([^\"]*\)\".*/\1 \2 \3 <\4>/" \
	    -e '/^[^/ ].* <.*>$/p' "$src/src/base/opt.def" |
		awk '{ list = $0; sub(/.*</, "", list); sub(/>.*/, "", list); gsub(/ /, ",", list)
		       print $1, $2, $3, list == "" ? "-" : list }'
}

commands() {
	sed -n 's/^SUB([A-Z]*, *"\([a-z]*\)".*/\1/p' "$src/src/cli/sub.def"
}

# options_of COMMAND: "-x --long" of each that it takes, sorted.
options_of() {
	options | awk -v c="$1" '$4 == "-" || index("," $4 ",", "," c ",") { print "-" $1, "--" $2 }' | sort
}

# Those that a help on standard input lists.
options_listed() {
	sed -n 's/^  -\(.\), --\([a-z-]*\).*/-\1 --\2/p' | sort
}

# formats_of COMMAND: what its help says.
formats_of() {
	"$onus" help "$1" | sed -n 's/^Formats: //p'
}

# same WHAT EXPECTED GOT
same() {
	[ "$2" = "$3" ] && return
	echo "$1"
	diff <(echo "$2") <(echo "$3") || true
	return 1
}

@test "opt.def and sub.def are read whole by these tests" {
	[ "$(options | wc -l)" = "$(grep -c '^OPT(' "$src/src/base/opt.def")" ]
	[ "$(commands | wc -l)" = "$(grep -c '^SUB(' "$src/src/cli/sub.def")" ]
}

@test "the blocks of the manuals are those of docgen" {
	for pair in OPTIONS:options COMMANDS-LIST:commands KEYS:keys FIELDS:fields; do
		expected=$("$docgen" "${pair#*:}")
		[ -n "$expected" ]
		same "${pair%:*}: run make update-docs" "$expected" "$(block "${pair%:*}")"
	done
}

@test "docgen refuses what it does not know" {
	run "$docgen" nothing
	[ "$status" = 2 ]
	run "$docgen"
	[ "$status" = 2 ]
}

@test "update-docs.sh fills in the blocks, once and for all" {
	copy=$BATS_TEST_TMPDIR
	for m in $manuals; do
		awk '/^\.\\" END /{ inside = 0 } !inside; /^\.\\" BEGIN /{ inside = 1 }' "$m" >"$copy/${m##*/}"
		run cmp -s "$copy/${m##*/}" "$m"
		[ "$status" = 1 ]
	done
	for i in 1 2; do
		sh "$src/tests/update-docs.sh" "$docgen" "$copy"
		for m in $manuals; do
			cmp "$copy/${m##*/}" "$m"
		done
	done
}

@test "update-docs.sh changes nothing where a marker is missing" {
	copy=$BATS_TEST_TMPDIR
	sed 's/^Show the version/X/' "$manual" >"$copy/onus.1"
	grep -v 'END FIELDS' "$src/man/onus-pack.5" >"$copy/onus-pack.5"
	cp "$copy/onus.1" "$copy/was"
	run sh "$src/tests/update-docs.sh" "$docgen" "$copy"
	[ "$status" = 1 ]
	[[ "$output" == *"END FIELDS"* ]]
	cmp "$copy/onus.1" "$copy/was"
}

@test "mandoc finds no fault in the manual" {
	command -v mandoc >/dev/null || skip "mandoc is not installed"
	# Pages that are not installed here are no fault.
	# shellcheck disable=SC2086
	faults=$(mandoc -T lint -W style $manuals 2>&1 |
		grep -v -e 'outdated mandoc.db' -e 'referenced manual not found' || true)
	same "mandoc -T lint" "" "$faults"
}

@test "groff finds no fault in the manual" {
	command -v groff >/dev/null || skip "groff is not installed"
	for m in $manuals; do
		same "groff -ww $m" "" "$(groff -ww -mdoc -Tutf8 -z "$m" 2>&1)"
	done
}

@test "all text of the manual is ASCII" {
	run env LC_ALL=C grep -n '[^ -~]' "$manual"
	[ "$status" = 1 ]
}

@test "each help lists the options of its command and no others" {
	for c in $(commands); do
		same "onus help $c" "$(options_of "$c")" "$("$onus" help "$c" | options_listed)"
		same "onus $c --help" "$("$onus" help "$c")" "$("$onus" "$c" --help)"
	done
	same "onus --help" "$(options | awk '{ print "-" $1, "--" $2 }' | sort)" "$("$onus" --help | options_listed)"
	same "onus help" "$("$onus" --help)" "$("$onus" help)"
}

@test "each command takes its options and no others" {
	while read -r letter long argument list; do
		for c in explore $(commands); do
			words=()
			[ "$c" = explore ] || words=("$c")
			words+=("--$long")
			[ "$argument" = NULL ] || words+=(auto)
			run "$onus" "${words[@]}" --help
			expected=2
			if [ "$list" = - ] || [[ ",$list," == *",$c,"* ]]; then expected=0; fi
			same "status of onus ${words[*]} --help" "$expected" "$status"
		done
	done < <(options)
}

@test "the synopsis gives each command the options that are its own" {
	for c in explore $(commands); do
		expected=$(options | awk -v c="$c" '$4 != "-" && index("," $4 ",", "," c ",") { print $1 }' | sort)
		got=$(section SYNOPSIS | awk -v c="$c" '
			/^\.Nm/ { command = "explore" }
			/^\.Cm/ { command = $2 }
			command == c && /^\.(Op )?Fl / { print $1 == ".Op" ? $3 : $2 }' | sort -u)
		global=$(options | awk '$4 == "-" { print $1 }')
		got=$(echo "$got" | grep -vxF "$global" || true)
		same "synopsis of $c" "$expected" "$got"
	done
}

@test "every command is in the help and in the manual" {
	listed=$("$onus" help | awk '/^Commands:/{ inside = 1; next } /^$/{ inside = 0 } inside { print $1 }')
	same "onus help" "$(commands)" "$listed"
	same "synopsis" "$(commands)" "$(section SYNOPSIS | sed -n 's/^\.Cm \([a-z]*\).*/\1/p' | uniq)"
	same "headings" "$(commands)" "$(section COMMANDS | sed -n 's/^\.Ss //p')"
}

@test "the manual names the formats of each command, and they work" {
	all=$(section FORMATS | sed -n 's/^\.It Cm //p')
	[ -n "$all" ]
	for c in grid show search diff stack; do
		named=$(subsection "$c" | sed -n 's/^\.Cm //p' | tr -s ' ,' '\n\n' | grep -xF "$all" |
			awk '!seen[$0]++')
		same "formats of $c" "$(formats_of "$c" | tr ' ' '\n')" "$named"
		words=()
		[ "$c" = grid ] || words=(os)
		[ "$c" != diff ] || words=(iaas paas)
		[ "$c" != stack ] || words=(vm aks)
		for f in $all; do
			run "$onus" "$c" "${words[@]}" -f "$f"
			expected=2
			if echo "$named" | grep -qxF "$f"; then expected=0; fi
			same "status of onus $c -f $f" "$expected" "$status"
		done
	done
}

# Of the formats, those that scripts rely on: keys, in order, as json_tree() walks the first of each list.
# keys_of FILE [MORE-SQL]
keys_of() {
	sqlite3 :memory: "select key from json_tree(readfile('$1')) where typeof(key) = 'text'
		and fullkey not glob '*[[][1-9]*' ${2-}"
}

# keys_told SUBSECTION N: the keys in the nth display of a subsection.
keys_told() {
	subsection "$1" | awk -v n="$2" '/^\.Bd/{ i++; inside = 1; next } /^\.Ed/{ inside = 0 } inside && i == n' |
		sed 's/:"[A-Za-z0-9 ]*"//g' | grep -o '"[a-z]*"' | tr -d '"'
}

@test "json has the keys that the manual promises, in order" {
	command -v sqlite3 >/dev/null || skip "sqlite3 is not installed"
	out=$BATS_TEST_TMPDIR/out.json
	first=$(keys_told json 1)
	same "every object" "$(printf 'schema\ncontent')" "$first"
	"$onus" grid -f json >"$out"
	same grid "$first"$'\n'"$(keys_told 'json of grid' 1)" "$(keys_of "$out" "and path not like '%.cells'")"
	"$onus" show -f json azure:paas/os >"$out"
	same cell "$first"$'\n'"$(keys_told 'json of show' 1)" "$(keys_of "$out")"
	"$onus" show -f json azure:paas >"$out"
	same page "$first"$'\n'"$(keys_told 'json of show' 2)" \
	    "$(keys_of "$out" "and (path not like '\$.sections%' or path = '\$.sections.cells[0]')")"
	"$onus" search -f json patch >"$out"
	same search "$first"$'\n'"$(keys_told 'json of search' 1)" "$(keys_of "$out")"
	"$onus" stack -f json aks >"$out"
	same stack "$first"$'\n'"$(keys_told 'json of stack' 1)" "$(keys_of "$out" "and path not like '%.counts'
		and path not like '%.cells' and path <> '\$.duties'")"
	"$onus" diff -f json azure azure-2026 >"$out"
	same diff "$first"$'\n'"$(keys_told 'json of diff' 1)" "$(keys_of "$out")"
}

@test "json is one object a line" {
	[ "$("$onus" grid -f json | wc -l)" = 1 ]
	[ "$("$onus" search -f json patch | wc -l)" = 1 ]
	[ "$("$onus" show -f json paas/os paas os | wc -l)" = 3 ]
}

@test "csv has the header that the manual promises" {
	for long in "" --long; do
		# shellcheck disable=SC2086
		header=$("$onus" grid -f csv $long | head -n 1)
		subsection 'csv of grid' | grep -qxF "$header"
	done
}

@test "the manual names the kinds of link and the sections that there are" {
	links=$(section LINKS)
	while IFS='"' read -r _ word _ _ _ name _; do
		case $word in
		model|cell) ;;
		layer)	grep -qF 'Li layer/' <<<"$links" ;;
		control) grep -qF 'Li control/ Ns Ar BENCHMARK Ns Li / Ns Ar ID' <<<"$links" ;;
		*)	grep -qF ".It Li $word/ Ns Ar ID" <<<"$links" || { echo "kind $word"; false; } ;;
		esac
		grep -q "^\.Li $name\( [,.]\)*\$" <<<"$links" || [ "$word" = cell ] || { echo "section $name"; false; }
	done < <(grep '^KIND(' "$src/src/kb/kind.def")
	told=$(sed -n 's/^\.It Li \([a-z]*\)\/ Ns Ar ID.*/\1/p' <<<"$links")
	for word in $told; do
		grep -q "^KIND([A-Z]*, *\"$word\"" "$src/src/kb/kind.def" || { echo "kind $word"; false; }
	done
}

@test "the links in the text of the manual lead somewhere" {
	links=$(section LINKS | sed -n 's/^\.Li \([a-z-]*\/*[a-z-]*\) *\.*$/\1/p' | grep -e / -e '^os$' | grep -v '/$')
	links="$links $(section DESCRIPTION | sed -n 's/^\.Li \([a-z]*\/[a-z]*\).*/\1/p')"
	[ "$(echo "$links" | wc -w)" -gt 3 ]
	# shellcheck disable=SC2086
	"$onus" show -f plain $links >/dev/null
}

@test "every exit status of the manual is one of err.h or a signal's, and the other way round" {
	told=$(section 'EXIT STATUS' | sed -n 's/^\.It \([0-9]*\)$/\1/p')
	known=$(sed -n 's/^\tSTATUS_[A-Z]* = \([0-9]*\).*/\1/p' "$src/src/base/err.h")
	[ -n "$known" ]
	same "below 128" "$known" "$(awk '$1 < 128' <<<"$told")"
	same "signals" $'129\n130' "$(awk '$1 >= 128' <<<"$told")"
}

@test "every variable that the program reads is in the manual, and the other way round" {
	# What libraries read for us: setlocale(3), and ncurses(3) the size.
	libraries='LC_ALL LC_CTYPE LANG COLUMNS LINES'
	told=$(section ENVIRONMENT | sed -n 's/^\.It Ev //p' | tr -s ' ,' '\n\n' | sort)
	read=$(grep -rhoE '((getenv|env_get)\(|needs = )"[A-Z_]+"' "$src/src" |
		sed 's/.*"\(.*\)".*/\1/' | sort -u)
	same "ENVIRONMENT" "$( { echo "$read"; tr ' ' '\n' <<<"$libraries"; } | sort)" "$told"
	# A name that this test cannot see: only env_get() may have one.
	same "getenv without a name" 1 "$(grep -rE 'getenv\([^"]' "$src/src" | wc -l)"
}

@test "the examples of the manual run" {
	work=$BATS_TEST_TMPDIR/work
	mkdir "$work" "$work/bin"
	ln -s "$onus" "$work/bin/onus"
	cp -R "$src/db/azure" "$work/azure"
	chmod -R u+w "$work/azure"
	# Commands end where the next one begins; \0 between them.
	section EXAMPLES | awk '
		/^\.Bd/ { inside = 1; next }
		/^\.Ed/ { inside = 0; if (any) printf "%c", 0; any = 0 }
		!inside { next }
		/^\$ / { if (any) printf "%c", 0; any = 1; print substr($0, 3); next }
		any' >"$work/examples"
	n=0
	cd "$work"
	while IFS= read -r -d '' command; do
		[[ $command == onus* ]] || continue
		n=$((n + 1))
		run env PATH="$work/bin:$PATH" sh -c "set -e; $command" </dev/null
		same "status of $command: $output" 0 "$status"
	done <examples
	[ "$n" -ge 8 ]
	[ -s review.md ]
	[ -s mine.db ]
	[ "$(wc -l <checklist.csv)" -gt 10 ]
}

@test "the manual is dated" {
	date=$(sed -n 's/^\.Dd //p' "$manual")
	[ "$(date -d "$date" '+%B %-d, %Y' 2>/dev/null || echo "$date")" = "$date" ]
	[[ $date =~ ^[A-Z][a-z]+\ [0-9]+,\ 20[0-9][0-9]$ ]]
}

@test "the README names the two commands and every folder" {
	readme=$src/README
	grep -qF './bootstrap run' "$readme"
	grep -qF './bootstrap check' "$readme"
	folders=$(git -C "$src" ls-files 2>/dev/null | sed -n 's/^\([^./][^/]*\)\/.*/\1/p' | sort -u)
	for folder in ${folders:-db man src tests}; do
		grep -qw -- "$folder" "$readme" || { echo "README says nothing of $folder"; false; }
	done
}
