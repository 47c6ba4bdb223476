#!/usr/bin/env bats
# The command line: every command, option and format, what it prints and how it refuses.
# shellcheck disable=SC2154,SC2086,SC2046

load common

formats='text plain json md'

# All links of the database, and each page in each format, printed once for all tests here.
setup_file() {
	db 'SELECT link FROM entry ORDER BY id' >"$BATS_FILE_TMPDIR/links"
	for f in $formats; do
		onus show -f $f $(cat "$BATS_FILE_TMPDIR/links") >"$BATS_FILE_TMPDIR/all.$f" \
			2>"$BATS_FILE_TMPDIR/err.$f" ||
			echo "status $?" >>"$BATS_FILE_TMPDIR/err.$f"
	done
}

setup() {
	all=$BATS_FILE_TMPDIR/all
}

# prints ARGUMENT... : what it prints goes to $tmp/out; status 0 and silence on stderr.
prints() {
	onus "$@" >"$tmp/out" 2>"$tmp/err" || fail "status $?" "$(cat "$tmp/err")"
	same "$(cat "$tmp/err")" ''
}

# alike COMMAND -- COMMAND: both print the same.
alike() {
	local first=()
	while [[ $1 != -- ]]; do
		first+=("$1")
		shift
	done
	shift
	prints "${first[@]}"
	mv "$tmp/out" "$tmp/first"
	prints "$@"
	cmp "$tmp/first" "$tmp/out"
}

# ---- grid ----

@test "grid -f csv has a row a layer, with the holders of the diagram" {
	prints grid -f csv
	diff - "$tmp/out" <<-END
	layer,saas,paas,iaas,onprem
	data,customer,customer,customer,customer
	devices,customer,customer,customer,customer
	accounts,customer,customer,customer,customer
	identity,shared,shared,customer,customer
	apps,microsoft,shared,customer,customer
	network,microsoft,shared,customer,customer
	os,microsoft,microsoft,customer,customer
	hosts,microsoft,microsoft,microsoft,customer
	physnet,microsoft,microsoft,microsoft,customer
	datacenter,microsoft,microsoft,microsoft,customer
	END
}

@test "grid -f csv --long has a row a duty, as the database has it" {
	prints grid -f csv --long
	same "$(head -n 1 "$tmp/out")" 'matrix,layer,model,holder,duty,party,verb,severity,text,source'
	same "$(sqlite3 -batch :memory: ".import --csv '$tmp/out' row" 'SELECT count(*) FROM row')" \
		"$(db "SELECT count(*) FROM duty JOIN responsibility USING (entry)
			WHERE matrix = (SELECT id FROM matrix WHERE slug = 'azure')")"
	sqlite3 -batch "$ONUS_DB" "ATTACH ':memory:' AS mem" ".import --csv --schema mem '$tmp/out' row" "
		SELECT matrix, layer, model, holder, duty, party, verb, severity, text, source FROM row
		EXCEPT
		SELECT m.slug, l.slug, c.slug, h.slug, d.slug, p.slug, d.verb, d.severity, d.text, s.slug
		FROM duty d JOIN responsibility r USING (entry) JOIN matrix m ON m.id = r.matrix
		JOIN layer l ON l.matrix = r.matrix AND l.position = r.layer
		JOIN model c ON c.matrix = r.matrix AND c.position = r.model JOIN holder h ON h.id = r.holder
		JOIN holder p ON p.id = d.party JOIN source s ON s.id = d.source" >"$tmp/wrong"
	same "$(cat "$tmp/wrong")" ''
}

@test "grid -f json has the promised keys in the promised order" {
	prints grid -f json
	same "$(json "$tmp/out" 'json_valid(j)')" 1
	same "$(keys "$tmp/out")" schema,content,matrix,models,layers
	same "$(keys "$tmp/out" '$.matrix')" id,title,date,source
	same "$(keys "$tmp/out" '$.models[0]')" id,name
	same "$(keys "$tmp/out" '$.layers[9]')" id,name,band,cells
	same "$(keys "$tmp/out" '$.layers[9].cells')" saas,paas,iaas,onprem
	same "$(json "$tmp/out" "j ->> '$.schema'")" 1
	matches "$(json "$tmp/out" "j ->> '$.content'")" '^azure [0-9.]+ [0-9a-f]{64}$'
	same "$(wc -l <"$tmp/out")" 1
}

@test "grid -f json agrees with csv, and each layer of azure has a band" {
	onus grid -f csv | tail -n +2 >"$tmp/csv"
	prints grid -f json
	json "$tmp/out" "(SELECT group_concat((l.value ->> 'id') || ',' || (SELECT group_concat(c.value)
		FROM json_each(l.value, '$.cells') c), char(10)) FROM json_each(j, '$.layers') l)" |
		diff "$tmp/csv" -
	same "$(json "$tmp/out" "(SELECT group_concat(value ->> 'band') FROM json_each(j, '$.layers'))")" \
		retained,retained,retained,varies,varies,varies,varies,transfers,transfers,transfers
}

@test "grid -f md is a table of as many columns as it has models, and one" {
	prints grid -f md
	same "$(grep -c '^|' "$tmp/out")" 12
	same "$(grep '^|' "$tmp/out" | tr -dc '|\n' | sort -u)" '||||||'
	same "$(sed -n '/^| Layer/{n;p;}' "$tmp/out")" '| :-- | :-- | :-- | :-- | :-- |'
	has "$(cat "$tmp/out")" '| Operating system | Microsoft | Microsoft | Customer \* | Customer |'
}

@test "grid -f plain is a sentence a line: what it is, bands, layers, counts" {
	prints grid -f plain
	same "$(grep -c '^Band: ' "$tmp/out")" 3
	same "$(grep -cE '^[0-9]+\. ' "$tmp/out")" 10
	same "$(wc -l <"$tmp/out")" 15
	grep -qx '4. Identity and.*. SaaS: Shared. PaaS: Shared. IaaS: Customer. On-premises: Customer.' \
		"$tmp/out"
	same "$(tail -n 1 "$tmp/out")" 'Cells: Customer 23, Microsoft 13, Shared 4.'
}

@test "grid as text fits 80 columns and has every layer with its words" {
	prints grid
	nothing_like '.{81}' "$tmp/out"
	matches "$(grep 'Operating system' "$tmp/out")" \
		'^  Operating system +Microsoft +Microsoft +Customer +[*]Customer *$'
	same "$(grep -cE '(Customer|Microsoft|Shared)[ *]+Customer *$' "$tmp/out")" 10
	same "$(tail -n 1 "$tmp/out")" 'Customer 23, Microsoft 13, Shared 4'
}

@test "without a terminal onus alone prints the grid, and with a link its page" {
	alike -- grid
	alike -f csv -- grid -f csv
	alike -m azure -- grid -m azure
	alike paas/os -- show paas/os
	alike paas -f json -- show paas -f json
}

# ---- show ----

@test "every link opens in text, plain, json and md" {
	for f in $formats; do
		same "$(cat "$BATS_FILE_TMPDIR/err.$f")" ''
		[[ -s $all.$f ]]
		clean "$all.$f"
	done
	same "$(wc -l <"$all.json")" "$(wc -l <"$BATS_FILE_TMPDIR/links")"
	json_lines "$all.json" "(SELECT group_concat(value ->> 'link', char(10)) FROM json_each(j))" |
		diff "$BATS_FILE_TMPDIR/links" -
}

@test "show -f json of a cell has the promised keys in the promised order" {
	prints show paas/identity -f json
	same "$(keys "$tmp/out" '$.duties[0]')" id,party,verb,severity,text
	same "$(keys "$tmp/out" '$.examples[0]')" link,title
	same "$(keys "$tmp/out" '$.practices[0]')" link,title
	same "$(keys "$tmp/out" '$.sources[0]')" id,title,url,date
	same "$(json "$tmp/out" "j ->> '$.holder'")" shared
	same "$(keys "$tmp/out")" schema,content,link,kind,holder,duties,examples,practices,services,\
misconceptions,sources,editions,title,text
}

@test "show -f json of anything else has the promised keys in the promised order" {
	same "$(json_lines "$all.json" "(SELECT group_concat(DISTINCT (SELECT group_concat(k.key, '+')
		FROM json_each(p.value) k)) FROM json_each(j) p WHERE p.value ->> 'kind' <> 'cell')")" \
		schema+content+link+kind+title+text+sections+sources
	same "$(json_lines "$all.json" "(SELECT group_concat(DISTINCT (SELECT group_concat(k.key, '+')
		FROM json_each(i.value) k)) FROM json_each(j) p, json_each(p.value, '$.sections') s,
		json_each(s.value) i)")" \
		link+title,link+title+holder
}

@test "show -f json has the duties of every cell, and each has its kind" {
	# Cells that borrow their duties have more of them than the table.
	same "$(json_lines "$all.json" "(SELECT sum(json_array_length(value, '$.duties'))
		FROM json_each(j) WHERE value ->> 'link' LIKE 'azure:%' OR value ->> 'link' LIKE 'azure-ai:%')")" \
		"$(db "SELECT count(*) FROM duty d JOIN entry e ON e.id = d.entry
			WHERE link LIKE 'azure:%' OR link LIKE 'azure-ai:%'")"
	same "$(json_lines "$all.json" "(SELECT group_concat(value ->> 'kind') FROM json_each(j))")" \
		"$(db 'SELECT group_concat(kind) FROM (SELECT kind FROM entry ORDER BY id)')"
}

@test "plain is ASCII, a sentence a line, without columns" {
	ascii "$all.plain"
	nothing_like '[^.?!:]$' "$all.plain"
	nothing_like '  |\|' "$all.plain"
}

@test "md has a title a page, and headings below it" {
	same "$(grep -c '^# ' "$all.md")" "$(wc -l <"$BATS_FILE_TMPDIR/links")"
	grep -q '^## Sources' "$all.md"
}

@test "the lines of a page of text are at most 78 columns wide below its title" {
	prints show practice/patch-guest-os
	tail -n +2 "$tmp/out" >"$tmp/below"
	nothing_like '.{79}' "$tmp/below"
}

@test "show prints several pages, a blank line between them" {
	prints show paas/os iaas -f plain
	cp "$tmp/out" "$tmp/both"
	{ onus show paas/os -f plain; echo; onus show iaas -f plain; } | cmp - "$tmp/both"
}

@test "show stops at a link that leads nowhere, after what came before it" {
	run --separate-stderr onus show paas/os no/where iaas -f json
	same "$status" 3
	same "${#lines[@]}" 1
	sentence "$stderr"
}

# ---- links ----

@test "a cell has one page whatever the case, the order and the matrix" {
	for link in PAAS/OS os/paas OS/PaaS azure:paas/os azure:os/paas Azure:PaaS/OS; do
		alike show paas/os -- show "$link"
	done
	alike show paas/os -- show -m azure paas/os
}

@test "models, layers, the matrix and bare ids are links too" {
	alike show azure:paas -- show paas
	alike show layer/os -- show os
	alike show azure:layer/os -- show layer/os
	alike show practice/patch-guest-os -- show patch-guest-os
	prints matrix/azure -f plain
	has "$(cat "$tmp/out")" 'Azure shared responsibility'
}

@test "behind # stands a section, which is shown alone" {
	prints show 'paas/os#practices'
	grep -qx Practices "$tmp/out"
	nothing_like '^(Examples|Sources|Customer)$' "$tmp/out"
	prints show 'paas/os#practices' -f json
	same "$(json "$tmp/out" 'json_valid(j)')" 1
	refused 3 'azure:paas/os has no section nope' show 'paas/os#nope'
	refused 3 'has no section' 'paas/os#nope'
}

@test "an unknown link is status 3, with a suggestion where one is near" {
	refused 3 'there is no paas/oss; did you mean azure:paas/os\?' show paas/oss
	refused 3 'did you mean azure:paas/os\?' paas/oss
	refused 3 'did you mean example/microsoft-teams\?' show example/microsoft-team
	refused 3 'there is no nope:paas/os' show nope:paas/os
	refused 3 'there is no azure:' azure:
	refused 3 'there is no xyzzyx/qqqqqq' xyzzyx/qqqqqq
	refused 3 'there is no oss' show oss
}

@test "a first word that is neither a command nor known is a usage error" {
	refused 2 '^onus: gridd is (neither a|no) command' gridd
}

@test "an empty word is refused in a whole sentence too" {
	refused 2 '' ''
	refused 3 '' show ''
}

@test "an unknown matrix is status 3 with every command that takes one" {
	refused 3 'there is no matrix nope' grid -m nope
	refused 3 'there is no matrix nope' -m nope
	refused 3 'there is no matrix nope' show -m nope paas/os
}

# ---- search ----

@test "every phrase of the two source documents is found" {
	while read -r phrase; do
		case $phrase in ''|'#'*) continue ;; esac
		run onus search -f plain -- $phrase
		[[ $status == 0 && ${lines[0]} =~ ^[1-9] ]] || echo "$phrase" >>"$tmp/lost"
	done <"$srcdir/tests/phrases.txt"
	[[ ! -f $tmp/lost ]] || fail 'not found:' "$(cat "$tmp/lost")"
}

@test "search -f json has the promised keys, and as many hits as it says" {
	prints search patch guest -f json
	same "$(keys "$tmp/out")" schema,content,hits,total
	same "$(keys "$tmp/out" '$.hits[0]')" link,kind,title,snippet
	same "$(json "$tmp/out" "j ->> '$.hits[0].link'")" practice/patch-guest-os
	same "$(json "$tmp/out" "json_array_length(j, '$.hits') = j ->> '$.total'")" 1
}

# found WORD... : the links that a search finds, sorted.
found() {
	prints search -f json -- "$@"
	json "$tmp/out" "(SELECT group_concat(l) FROM (SELECT value ->> 'link' AS l
		FROM json_each(j, '$.hits') ORDER BY l))"
}

@test "all words must occur, each as the beginning of a word, in any order, case and accent" {
	links=$(found patch guest)
	for words in 'guest patch' 'PATCH Guest' 'patc gues' 'pátch güest' 'patch,guest' '"patch" (guest)*'; do
		same "$(found "$words")" "$links"
	done
	same "$(onus search atch uest | tail -n 1)" '0 found'
}

@test "search without hits is status 0 and total 0" {
	prints search -f json xyzzyx
	same "$(json "$tmp/out" "json_remove(j, '$.content')")" '{"schema":1,"hits":[],"total":0}'
	for f in text plain md; do
		prints search -f $f xyzzyx
		matches "$(tail -n 1 "$tmp/out")" '^0 found'
	done
}

@test "nothing in the words of a search is syntax" {
	for words in 'AND' 'NOT patch' 'a OR' 'NEAR(a b, 1)' 'title:' '{title}: a' '^a' 'a"b' 'a* OR "' \
		'-a' 'a%' 'a;--' $'a\e[31m' $'a\xff\xfe' 'patch' $'a\nb' "a' OR 1"; do
		prints search -f json -- "$words"
		same "$(json "$tmp/out" 'json_valid(j)')" 1
		clean "$tmp/out"
	done
}

@test "a search without any letter or digit is status 2" {
	for words in '"' "'" '*' '(' '-' ';--' '%' '+' '' ' ' '??????' $'\e' $'\xff\xfe'; do
		refused 2 'no word to search for' search -- "$words"
	done
}

@test "search prints links and titles in text, plain and md" {
	for f in text plain md; do
		prints search -f $f patch guest
		has "$(cat "$tmp/out")" practice/patch-guest-os
		has "$(cat "$tmp/out")" 'Patch guest operating systems'
		matches "$(cat "$tmp/out")" '(^|'$'\n'')[0-9]+ found'
	done
}

# ---- options ----

@test "options stand before and after the command, short, long, joined or apart" {
	for o in '-f csv' '-fcsv' '--format csv' '--format=csv' '-f md -f csv' '-m azure -fcsv -c never'; do
		alike grid -f csv -- $o grid
		alike grid -f csv -- grid $o
	done
	alike grid -lfcsv -- grid --long -f csv
}

@test "-- ends the options" {
	alike grid -- grid --
	alike show paas/os -f md -- show -f md -- paas/os
	refused 3 'there is no -x' show -- -x
}

@test "text has no colour in a pipe, and --color=always has" {
	for command in grid 'show paas/os' 'search patch'; do
		prints $command
		clean "$tmp/out"
		cp "$tmp/out" "$tmp/bare"
		prints $command --color=always
		grep -q $'\e\[[0-9;]*m' "$tmp/out"
		sed $'s/\e\\[[0-9;]*m//g' "$tmp/out" >"$tmp/stripped"
		clean "$tmp/stripped"
		[[ $command == grid ]] || cmp "$tmp/bare" "$tmp/stripped"
		TERM=xterm-256color prints $command --color=always
		NO_COLOR=1 prints $command --color=always
		grep -q $'\e' "$tmp/out"
		prints $command --color=never
		cmp "$tmp/bare" "$tmp/out"
	done
}

@test "no other format has colour, not even with --color=always" {
	for f in plain csv json md html svg; do
		alike grid -f $f -- grid -f $f --color=always
	done
}

# on_terminal COMMAND: what the program writes to a terminal.
on_terminal() {
	script -qec "$program $1" /dev/null </dev/null | cat -v
}

@test "on a terminal text has colour, but not with NO_COLOR or --color=never" {
	export TERM=xterm
	has "$(on_terminal grid)" '^['
	has "$(on_terminal 'show paas/os')" '^['
	lacks "$(NO_COLOR=1 on_terminal grid)" '^['
	lacks "$(on_terminal 'grid --color=never')" '^['
	has "$(NO_COLOR='' on_terminal grid)" '^['
}

@test "a dumb terminal gets no colour" {
	lacks "$(TERM=dumb on_terminal grid)" '^['
}

@test "a wrong use is status 2 and a sentence that says what is right" {
	refused 2 'grid takes no argument' grid x
	refused 2 'show needs a link' show
	refused 2 'search needs words' search
	refused 2 'one link at a time' paas iaas
	refused 2 'unknown option -x; see onus --help' -x
	refused 2 'unknown option -x; see onus --help' grid --long -x
	refused 2 'unknown option --nope' grid --nope
	refused 2 '-f needs an argument' grid -f
	refused 2 '--format needs an argument' grid --format
	refused 2 'does not go with' search -m azure a
	refused 2 '--long does not go with show' show --long paas
	refused 2 '--output does not go with search; it goes with grid show diff stack pack' search -o x a
	refused 2 '--force goes with -o' grid --force
	refused 2 '--format does not go with pack' pack check -f csv "$pack"
}

@test "a format or colour that there is not is status 2, with those that there are" {
	refused 2 'there is no format nope here; one of: text plain csv json md html svg' grid -f nope
	refused 2 'there is no format svg here; one of: text plain csv json md html' show -f svg paas
	refused 2 'one of: text plain csv json md html' search -f svg a
	for command in grid 'show paas' 'search a'; do
		refused 2 '--color takes auto, always or never, not sometimes' $command --color=sometimes
	done
}

@test "an option that takes no argument says so when it gets one" {
	refused 2 '--long takes no argument' grid --long=yes
}

# ---- help ----

@test "help, --help and -h are the same, with and without a command" {
	alike help -- --help
	alike help -- -h
	for word in grid show search pack help; do
		alike help $word -- $word --help
		alike help $word -- -h $word
		has "$(head -n 1 "$tmp/out")" "usage: onus $word"
	done
}

@test "the help of a command has its formats" {
	matches "$(onus help grid)" 'Formats: text plain csv json md html svg$'
	matches "$(onus help show)" 'Formats: text plain csv json md html$'
	matches "$(onus help search)" 'Formats: text plain csv json md html$'
	lacks "$(onus help pack)" Formats
}

@test "help has every topic that it names, and refuses others" {
	prints help keys
	for topic in $(onus help | sed -n 's/^  help .*Show the help of //p' | grep -owE 'keys|formats'); do
		prints help $topic
	done
	refused 2 'there is no help on nope' help nope
}

@test "--version and -V print the name and the version of the build" {
	prints --version
	same "$(cat "$tmp/out")" "$(sed -n 's/^#define PACKAGE_STRING "\(.*\)"/\1/p' "$builddir/config.h")"
	alike --version -- -V
	alike --version -- grid -V
}
