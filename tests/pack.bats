#!/usr/bin/env bats
# Packs: checked, built, laid over each other, refused with the place of each fault.
# shellcheck disable=SC2154

load common

# rejects REGEX DIR... : status 7, nothing on stdout, faults on stderr (all clean), and one of them matches.
rejects() {
	local regex=$1
	shift
	run --separate-stderr onus pack check "$@"
	[[ $status == 7 ]] || fail "status $status, not 7" "$stderr"
	same "$output" ''
	printf '%s\n' "$stderr" >"$tmp/faults"
	clean "$tmp/faults"
	matches "$stderr" "$regex"
	matches "${stderr_lines[-1]}" '^onus: [1-9][0-9]* faults?; nothing was written$'
}

# front TEXT: a pack in $tmp/azure, with an example that has this between its two lines "---".
front() {
	[[ -d $tmp/azure ]] || copy_pack
	printf -- "---\n%b\n---\nProse.\n" "$1" >"$tmp/azure/example/odd.md"
}

# built DIR... : a database of these packs, for the commands that follow.
built() {
	onus pack build "$@" -o "$tmp/built.db"
	export ONUS_DB=$tmp/built.db
}

# ---- check and build ----

@test "the shipped pack has no fault, and check says what it covers" {
	run --separate-stderr onus pack check "$pack"
	same "$status$stderr" 0
	matches "${lines[0]}" '^matrix +cells +written +borrowed +differ +examples +practices +duties$'
	matches "$output" $'\nazure +40 +40 +0 '
	matches "$output" $'\n\nbenchmarks +[0-9]+\n'
	matches "${lines[-1]}" '^controls +86, and [1-9][0-9]* that are only mapped to$'
	printf '%s\n' "$output" >"$tmp/out"
	same "$(awk '/^$/ { exit } { print length }' "$tmp/out" | uniq | wc -l)" 1
}

@test "the coverage is that of the database: each number of each matrix, and of each kind" {
	onus pack check "$pack" | sed 1d | tr -s ' ' >"$tmp/said"
	built "$pack"
	db "WITH about(cell, kind) AS (
	      SELECT DISTINCT l.entry, e.kind FROM link l JOIN entry e ON e.id = l.target)
	    SELECT printf('%s %d %d %d %d %d %d %d', m.slug, count(*), sum(c.summary <> ''),
	                  sum(c.summary = ''), sum(r.differs), sum((r.entry, 'example') IN about),
	                  sum((r.entry, 'practice') IN about),
	                  sum((SELECT count(*) FROM duty d WHERE d.entry = r.entry)))
	    FROM matrix m JOIN responsibility r ON r.matrix = m.id JOIN entry c ON c.id = r.entry
	    GROUP BY m.id ORDER BY m.id" >"$tmp/counted"
	same "$(wc -l <"$tmp/counted")" "$(db 'SELECT count(*) FROM matrix')"
	db "WITH said(kind, word) AS (VALUES ('benchmark', 'benchmarks'), ('service', 'services'),
	      ('example', 'examples'), ('practice', 'practices'), ('misconception', 'misconceptions'),
	      ('topic', 'topics'), ('term', 'terms'), ('alias', 'old names'), ('source', 'sources'))
	    SELECT '' UNION ALL
	    SELECT printf('%s %d', word, (SELECT count(*) FROM entry e WHERE e.kind = s.kind))
	    FROM said s UNION ALL
	    SELECT printf('controls %d, and %d that are only mapped to', sum(domain <> ''), sum(domain = ''))
	    FROM control" >>"$tmp/counted"
	diff "$tmp/counted" "$tmp/said"
}

@test "no kind of entry is left out of the coverage" {
	same "$(db "SELECT DISTINCT kind FROM entry WHERE kind NOT IN ('matrix', 'model', 'layer', 'cell',
		'service', 'example', 'practice', 'misconception', 'topic', 'benchmark', 'control', 'term',
		'alias', 'source')")" ''
}

@test "a layer is the same as one of another matrix, named MATRIX:LAYER" {
	copy_pack
	local file=$tmp/azure/matrix/azure-classic.yaml wrong
	for wrong in azure:nope no-colon nowhere:data azure:data:x azure: :data; do
		sed "0,/^    same: .*/s//    same: [\"$wrong\"]/" "$pack/matrix/azure-classic.yaml" >"$file"
		rejects "azure-classic.yaml:[0-9]+:[0-9]+: there is no layer $wrong; write MATRIX:LAYER" "$tmp/azure"
	done
	sed '0,/^    same: .*/s//    same: [azure-classic:data]/' "$pack/matrix/azure-classic.yaml" >"$file"
	rejects 'azure-classic.yaml:[0-9]+:[0-9]+: azure-classic:data is in this matrix itself' "$tmp/azure"
}

@test "no model is called layer, for its cells would have the links of layers" {
	copy_pack
	sed 's/^  - id: saas/  - id: layer/' "$pack/matrix/azure-2026.yaml" >"$tmp/azure/matrix/azure-2026.yaml"
	rejects 'azure-2026.yaml:[0-9]+:[0-9]+: layer cannot be the id of a model' "$tmp/azure"
}

@test "build writes the database that was shipped, and nothing else" {
	mkdir "$tmp/out"
	run --separate-stderr onus pack build "$pack" -o "$tmp/out/onus.db"
	same "$status$output$stderr" 0
	cmp "$tmp/out/onus.db" "$builddir/db/onus.db"
	same "$(ls -A "$tmp/out")" onus.db
}

@test "the database is sound, ours, and has no journal" {
	built "$pack"
	same "$(db 'PRAGMA integrity_check')" ok
	same "$(db 'PRAGMA foreign_key_check')" ''
	same "$(db 'PRAGMA application_id')" $((0x6f6e7573))
	same "$(db 'PRAGMA user_version')" 1
	same "$(db 'PRAGMA journal_mode')" delete
}

@test "the same text gives the same bytes, from any place, in any locale, zone and order of the disk" {
	mkdir "$tmp/copy"
	find "$pack" -type f | sort -r | while read -r f; do
		mkdir -p "$(dirname "$tmp/copy/${f#"$pack"/}")"
		cat "$f" >"$tmp/copy/${f#"$pack"/}"
	done
	cd "$tmp"
	LC_ALL=C TZ=Asia/Tokyo onus pack build copy/ -o one.db
	onus pack build "$tmp/copy" -o "$tmp/two.db"
	cmp one.db two.db
	cmp one.db "$builddir/db/onus.db"
}

@test "a database that is there is replaced, also a damaged one" {
	echo old >"$tmp/built.db"
	built "$pack"
	cmp "$tmp/built.db" "$builddir/db/onus.db"
	built "$pack"
	cmp "$tmp/built.db" "$builddir/db/onus.db"
}

@test "everybody may read a database that was built with an ordinary umask" {
	umask 022
	built "$pack"
	same "$(stat -c %a "$tmp/built.db")" 644
}

@test "files that are not of a pack may lie beside it" {
	copy_pack
	touch "$tmp/azure/README" "$tmp/azure/.hidden.yaml"
	mkdir "$tmp/azure/.git"
	onus pack check "$tmp/azure"
}

# ---- packs over each other ----

@test "a later pack changes entries of an earlier one and adds its own" {
	make_pack
	built "$pack" "$tmp/mine"
	onus show practice/patch-guest-os -f json >"$tmp/out"
	same "$(json "$tmp/out" "j ->> '$.title'")" 'How we patch'
	matches "$(json "$tmp/out" "j ->> '$.content'")" '^azure\+mine [0-9.]+\+7 [0-9a-f]{64}\+[0-9a-f]{64}$'
	onus show topic/house-rules -f json >"$tmp/out"
	same "$(json "$tmp/out" "j ->> '$.sections.practices[0].link'")" \
		practice/patch-guest-os
	has "$(onus show paas/os -f plain)" 'Operating system: Microsoft'
	same "$(db 'SELECT count(*) - 1 FROM entry')" \
		"$(sqlite3 "$builddir/db/onus.db" 'SELECT count(*) FROM entry')"
}

@test "the last pack wins" {
	make_pack
	built "$tmp/mine" "$pack"
	has "$(onus show practice/patch-guest-os -f plain)" 'Patch guest operating systems in time: practice'
	onus show topic/house-rules -f plain >"$tmp/out"
}

@test "a pack that needs another one is rejected without it" {
	make_pack
	rejects 'there is no matrix in any pack' "$tmp/mine"
	rejects 'mine/topic/house-rules.md:4:9: the link azure:iaas/os leads nowhere' "$tmp/mine"
}

@test "two packs with the same id are a fault of the packs, not of onus" {
	make_pack
	sed -i 's/^id: mine/id: azure/' "$tmp/mine/pack.yaml"
	rejects 'mine/pack.yaml:1:.*azure' "$pack" "$tmp/mine"
	[ ! -e "$tmp/x.db" ]
}

# ---- a new pack ----

@test "new writes a small pack, and the commands that it names check it and build it" {
	copy_pack
	cd "$tmp"
	run --separate-stderr onus pack new house
	same "$status$stderr" 0
	same "${lines[1]}" 'onus pack check azure house'
	same "${lines[2]}" 'onus pack build azure house -o my.db'
	same "${lines[3]}" 'onus --db my.db'
	same "${#lines[@]}" 4
	same "$(cd house && find . -type f | LC_ALL=C sort | xargs)" \
		'./pack.yaml ./practice/house-release.md ./service/house-portal.md ./sources.yaml'
	eval "${lines[1]}" >"$tmp/out"
	eval "${lines[2]}"
	has "$(eval "${lines[3]} show service/house-portal")" 'service/house-portal'
	nothing_like PACK house/*.* house/*/*
}

@test "a new pack has its folder's name where that is an id, and else it is mine" {
	onus pack new "$tmp/a/" >"$tmp/out"
	grep -qx 'id: a' "$tmp/a/pack.yaml"
	onus pack new "$tmp/Our House" >"$tmp/out"
	grep -qx 'id: mine' "$tmp/Our House/pack.yaml"
	[[ -s "$tmp/Our House/service/mine-portal.md" ]]
}

@test "new changes nothing that is there" {
	mkdir -p "$tmp/full" "$tmp/empty"
	touch "$tmp/full/x" "$tmp/file"
	refused 6 'full is not empty; ' pack new "$tmp/full"
	refused 6 'cannot make the folder .*/file: ' pack new "$tmp/file"
	refused 6 'cannot make the folder .*/no/where: ' pack new "$tmp/no/where"
	same "$(ls -A "$tmp/full")$(stat -c %s "$tmp/file")" x0
	onus pack new "$tmp/empty" >"$tmp/out"
	refused 6 'empty is not empty; ' pack new "$tmp/empty"
}

# ---- faults ----

@test "each fault has its file, line and column, sorted, and the last line counts them" {
	copy_pack
	sed -i 's/^summary:/sumary:/' "$tmp/azure/practice/patch-guest-os.md"
	sed -i 's/^action: .*/action: nobody/' "$tmp/azure/example/microsoft-teams.md"
	sed -i '3s/.*/x: 1/' "$tmp/azure/topic/compliance.md"
	rejects 'azure/practice/patch-guest-os.md:3:1: a practice has no field sumary' "$tmp/azure"
	rejects 'azure/practice/patch-guest-os.md:2:1: a practice needs the field summary' "$tmp/azure"
	rejects 'azure/topic/compliance.md:3:1: a topic has no field x' "$tmp/azure"
	nothing_like '^$' "$tmp/faults"
	same "$(grep -cvE '^[^:]+:[0-9]+:[0-9]+: .' "$tmp/faults")" 1
	same "$(tail -n 1 "$tmp/faults")" "onus: $(($(wc -l <"$tmp/faults") - 1)) faults; nothing was written"
	sed '$d' "$tmp/faults" | sort -c -s -t: -k1,1 -k2,2n -k3,3n
}

@test "what parts of a pack say to each other is checked, with its place" {
	copy_pack
	sed -i 's/^action: .*/action: nobody/; s/^fault: .*/fault: ghost/' \
		"$tmp/azure/example/microsoft-teams.md"
	sed -i '$a See [this](practice/no-such-thing).' "$tmp/azure/topic/compliance.md"
	rm "$tmp/azure/cell/azure/os.yaml"
	rejects 'microsoft-teams.md:[0-9]+:9: there is no holder nobody' "$tmp/azure"
	rejects 'microsoft-teams.md:[0-9]+:8: there is no holder ghost' "$tmp/azure"
	last=$(wc -l <"$tmp/azure/topic/compliance.md")
	rejects "compliance.md:$last:1: the link practice/no-such-thing leads nowhere" "$tmp/azure"
	rejects 'the cell azure:paas/os is missing' "$tmp/azure"
	cp -R "$pack/cell" "$tmp/azure"
	sed -i "s/^- id: ours\$/- id: theirs/" "$tmp/azure/sources.yaml"
	rejects "there is no source ours in sources.yaml" "$tmp/azure"
}

@test "an entry that stands twice in a pack is a fault" {
	copy_pack
	sed -n '/^- /,$p' "$pack/sources.yaml" | awk '/^- / && n++ { exit } { print }' \
		>>"$tmp/azure/sources.yaml"
	rejects "sources.yaml:[0-9]+:[0-9]+: source/.* is there twice; the other one is in" "$tmp/azure"
}

@test "a fault in any pack leaves the database that is there as it was" {
	copy_pack
	onus pack build "$pack" -o "$tmp/out.db"
	before=$(stat -c '%i %Y %s' "$tmp/out.db")
	sed -i 's/^summary:/sumary:/' "$tmp/azure/topic/compliance.md"
	run onus pack build "$tmp/azure" -o "$tmp/out.db"
	same "$status" 7
	same "$(stat -c '%i %Y %s' "$tmp/out.db")" "$before"
	cmp "$tmp/out.db" "$builddir/db/onus.db"
	same "$(ls -A "$tmp")" "$(printf 'azure\nout.db')"
}

@test "of very many faults the first fifty are shown and all are counted" {
	copy_pack
	for i in {100..199}; do
		echo x >"$tmp/azure/topic/t$i.md"
	done
	rejects '\.\.\. and 50 more' "$tmp/azure"
	same "${stderr_lines[-1]}" 'onus: 100 faults; nothing was written'
	same "${#stderr_lines[@]}" 52
}

@test "names and folders that a pack does not have are faults" {
	copy_pack
	mkdir "$tmp/azure/exmaples"
	echo 'x: 1' >"$tmp/azure/aliasses.yaml"
	cp "$pack/topic/compliance.md" "$tmp/azure/topic/Not_A_Slug.md"
	rejects 'azure/exmaples: a pack has nothing of this name' "$tmp/azure"
	rejects 'azure/aliasses.yaml: a pack has nothing of this name' "$tmp/azure"
	rejects 'azure/topic/Not_A_Slug.md: files here are named ID.md' "$tmp/azure"
}

@test "a folder without pack.yaml is no pack" {
	mkdir "$tmp/empty"
	rejects 'empty: this folder has no pack.yaml' "$tmp/empty"
}

# ---- hostile packs ----

@test "control bytes in names and text are a fault, and do not reach the terminal" {
	copy_pack
	printf 'x\033]0;owned\007' >"$tmp/azure/topic/"$'a\e[31m\n.md'
	printf -- '---\ntitle: \302\233x\n' >"$tmp/azure/topic/b.md"
	printf -- '---\ntitle: x\342\200\256y\n' >"$tmp/azure/topic/c.md"
	printf -- '---\ntitle: x\377y\n' >"$tmp/azure/topic/d.md"
	printf -- '---\ntitle: x\000y\n' >"$tmp/azure/topic/e.md"
	rejects 'b.md:2:8: a byte or character that no text may hold' "$tmp/azure"
	rejects 'c.md:2:9: a byte or character' "$tmp/azure"
	rejects 'd.md:2:9: a byte or character' "$tmp/azure"
	rejects 'e.md:2:9: a byte or character' "$tmp/azure"
}

@test "control and bidi characters written as YAML escapes are faults too" {
	copy_pack
	sed -i 's/^title: .*/title: "x\\e[31my"/' "$tmp/azure/topic/compliance.md"
	sed -i 's/^title: .*/title: "x\\u202ey"/' "$tmp/azure/topic/why-it-matters.md"
	rejects 'compliance.md:2:' "$tmp/azure"
	rejects 'why-it-matters.md:2:' "$tmp/azure"
}

@test "what the database holds never controls the terminal, in any format" {
	local f
	built "$pack"
	sqlite3 "$ONUS_DB" "
		UPDATE entry SET title = title || char(27, 91, 51, 49, 109, 155, 13, 8, 8238, 10, 7),
		summary = char(27) || summary;
		UPDATE prose SET text = text || char(10, 27, 93, 48, 59, 120, 7);
		UPDATE holder SET word = word || char(155, 27, 8238);
		UPDATE model SET full = char(13, 27) || full;
		UPDATE duty SET text = text || char(27, 10), verb = verb || char(9, 7);
		UPDATE source SET publisher = char(27, 99), url = url || char(27);
		UPDATE pack SET version = char(27)"
	for f in text plain json md; do
		onus show -f $f paas/os paas layer/os practice/patch-guest-os matrix/azure source/ours \
			>"$tmp/out"
		onus grid -f $f >>"$tmp/out"
		onus search -f $f patch >>"$tmp/out"
		clean "$tmp/out"
	done
	{ onus grid -f csv; onus grid -lf csv; } >"$tmp/out"
	clean "$tmp/out"
}

@test "a spreadsheet runs nothing from grid -f csv --long" {
	built "$pack"
	sqlite3 "$ONUS_DB" "UPDATE duty SET text = '=HYPERLINK(\"x\")', verb = '@SUM(A1)'"
	onus grid -lf csv | tail -n +2 >"$tmp/out"
	nothing_like '(^|,)"?[=@+-]' "$tmp/out"
	grep -q "\"'=HYPERLINK(\"\"x\"\")\"" "$tmp/out"
}

@test "links, pipes, folders and giants in place of files are refused at once" {
	copy_pack
	ln -s /etc/passwd "$tmp/azure/topic/link.md"
	mkfifo "$tmp/azure/topic/pipe.md"
	mkdir "$tmp/azure/topic/folder.md"
	truncate -s 20G "$tmp/azure/topic/giant.md"
	rejects 'link.md:1:1: .*symbolic link' "$tmp/azure"
	rejects 'pipe.md:1:1: .*not a regular file' "$tmp/azure"
	rejects 'folder.md:1:1: .*not a regular file' "$tmp/azure"
	rejects 'giant.md:1:1: .*larger than 131072 bytes' "$tmp/azure"
}

@test "YAML that explodes is refused: anchors, tags, depth, long fields, keys twice" {
	for case in '2:4: anchors are not allowed|a: &a [x, x]\nb: [*a, *a]' \
		'2:4: tags are not allowed|a: !!binary x' \
		":2:.*nested deeper than 16 levels|a: $(printf '[%.0s' {1..60000})" \
		"title is longer than 8192 bytes|title: $(printf 'x%.0s' {1..9000})" \
		'the key title stands here twice|title: x\ntitle: y' ':[0-9]+:[0-9]+: .|%TAG ! x' \
		':[0-9]+:[0-9]+: .|a: "'; do
		front "${case#*|}"
		rejects "odd.md.*${case%%|*}" "$tmp/azure"
	done
}

# ---- usage ----

@test "pack needs to know what to do, with what, and build where to" {
	refused 2 'pack takes check, build or new; ' pack
	refused 2 'pack takes check, build or new; ' pack destroy "$pack"
	refused 2 'pack check needs the folder of a pack' pack check
	refused 2 'pack build needs the folder of a pack' pack build -o x
	refused 2 'pack new needs the folder of a pack' pack new
	refused 2 'pack new makes one folder' pack new "$tmp/a" "$tmp/b"
	refused 2 'pack new writes no database; leave out -o' pack new "$tmp/a" -o "$tmp/x"
	refused 2 'pack build needs -o FILE' pack build "$pack"
	refused 2 'pack check writes no database; leave out -o' pack check "$pack" -o "$tmp/x"
	[[ ! -e $tmp/x && ! -e $tmp/a && ! -e $tmp/b ]]
}

@test "a folder that is not there is status 6, and nothing is written" {
	refused 6 'there is no folder .*/nowhere$' pack check "$tmp/nowhere"
	refused 6 'there is no folder .*/nowhere$' pack build "$pack" "$tmp/nowhere" -o "$tmp/x.db"
	refused 6 'there is no folder ' pack check "$pack/pack.yaml"
	[[ ! -e $tmp/x.db ]]
}

@test "a place where no file can be written is status 6 and named" {
	mkdir -p "$tmp/in/folder"
	refused 6 '/nowhere/x.db' pack build "$pack" -o "$tmp/in/nowhere/x.db"
	refused 6 '/folder' pack build "$pack" -o "$tmp/in/folder"
	same "$(find "$tmp/in" -name "*new*")" ""
}

@test "build does not put a database in the place of a pipe or a device" {
	mkfifo "$tmp/pipe"
	refused 6 '/pipe is not a (regular )?file' pack build "$pack" -o "$tmp/pipe"
	[[ -p $tmp/pipe ]]
}

@test "somebody else's folder that cannot be read is named, not taken for an empty one" {
	within_reach
	copy_pack
	chmod 000 "$tmp/azure/topic"
	run --separate-stderr as_nobody "$tmp/onus" pack check "$tmp/azure"
	chmod 755 "$tmp/azure/topic"
	matches "$status" '^[67]$'
	has "$stderr" "azure/topic: Permission denied"
}
