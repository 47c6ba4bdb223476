#!/usr/bin/env bats
# onus note: the user's own words on the command line, on pages and in what is found; what was saved is there.
# shellcheck disable=SC2154,SC2030,SC2031

load common

setup() {
	export HOME=$tmp/home XDG_DATA_HOME=$tmp/data
	mkdir "$HOME"
	user=$XDG_DATA_HOME/onus/user.db
}

# put LINK TEXT
put() {
	printf '%s' "$2" | timeout 20 "$program" note "$1"
}

# The program with a terminal for its input.
at_terminal() {
	script -qec "stty -onlcr; '$program' $*" /dev/null </dev/null
}

@test "a note comes from standard input, and goes to standard output as it was" {
	printf 'Ask Ada.\n\n\ttab, \xff, \033[2J and no newline' >"$tmp/note"
	timeout 20 "$program" note os/paas <"$tmp/note"
	onus note paas/os | cmp - "$tmp/note"
	put paas/os 'Another one'
	same "$(onus note azure:paas/os)" 'Another one'
	put paas/os $' \n\t' >"$tmp/out"
	same "$(cat "$tmp/out")" 'Another one'
	same "$(onus note paas/os)" 'Another one'
	onus note -R paas/os
	refused 1 'no note on azure:paas/os; onus note azure:paas/os <FILE writes one' note paas/os
	same "$(onus note)" ''
}

@test "reading makes no file, and to remove what is not there neither" {
	same "$(onus note)" ''
	refused 1 'no note' note paas/os
	onus show paas/os >"$tmp/out"
	onus search firewall >"$tmp/out"
	refused 1 'no note' note -R paas/os
	onus note --backups >"$tmp/out"
	[[ ! -e $XDG_DATA_HOME ]]
}

@test "what is wrong on the command line is refused" {
	refused 2 'one link' note paas/os iaas/os
	refused 3 'nosuch' note nosuch
	refused 3 'did you mean|finds links' note paas/oss
	refused 2 'go alone' note --backups paas/os
	refused 2 'go alone' note --restore x --backups
	refused 2 'no format html' note -f html
	refused 6 'no backup' note --restore 2020-01-01.db
	refused 2 'does not go with' note --exit-code
}

@test "each format prints all notes, or one" {
	put paas/os $'Ask "Ada",\nsoon'
	put service/aks '=1+1'
	for f in text plain json csv md; do
		onus note -f $f >"$tmp/$f"
		grep -q 'service/aks' "$tmp/$f"
		clean "$tmp/$f"
		onus note -f $f paas/os >"$tmp/one"
		lacks "$(cat "$tmp/one")" 'service/aks'
		has "$(cat "$tmp/one")" 'Ada'
	done
	same "$(head -n 1 "$tmp/json")" "{\"schema\":1,\"link\":\"azure:paas/os\",\"text\":\"Ask \\\"Ada\\\",\\nsoon\",\"changed\":\"$(date -u +%F)\"}"
	same "$(json_lines "$tmp/json" "json_extract(j, '\$[1].link')")" service/aks
	has "$(cat "$tmp/csv")" '"Ask ""Ada"",'
	has "$(cat "$tmp/csv")" "\"'=1+1\""
	sqlite3 -batch :memory: '.mode csv' ".import $tmp/csv t" 'SELECT count(*) FROM t' | grep -qx 2
}

@test "a terminal sees a note clean" {
	put paas/os $'\033[2Jbell \a\x9b'
	at_terminal note paas/os | tr -d '\r' >"$tmp/out"
	clean "$tmp/out"
	has "$(cat "$tmp/out")" 'bell'
}

@test "a page has its note where it is read, and in an export where that is wanted" {
	put paas/os 'Ask *Ada*'
	for f in text plain; do
		has "$(onus show -f $f paas/os)" 'Your note'
		onus show -f $f -F -o "$tmp/file" paas/os
		lacks "$(cat "$tmp/file")" 'Ada'
		onus show -f $f -n -F -o "$tmp/file" paas/os
		has "$(cat "$tmp/file")" 'Ada'
	done
	for f in json md html; do
		lacks "$(onus show -f $f paas/os)" 'Ada'
		has "$(onus show -f $f --notes paas/os)" 'Ada'
		lacks "$(onus show -f $f --notes iaas/os)" 'note"'
	done
	onus show -f json -n paas/os >"$tmp/json"
	same "$(json "$tmp/json" "json_extract(j, '$.note')")" 'Ask *Ada*'
	onus show 'paas/os#note' >"$tmp/out"
	has "$(cat "$tmp/out")" 'Your note'
	lacks "$(cat "$tmp/out")" 'Microsoft'
	refused 3 'no section note' show 'iaas/os#note'
}

@test "search finds notes first, in every format" {
	put paas/os $'What of the zebra\n\ncrossing?'
	for f in text plain json md; do
		onus search -f $f zebra >"$tmp/$f"
		has "$(cat "$tmp/$f")" 'azure:paas/os'
		has "$(cat "$tmp/$f")" 'What of the zebra crossing?'
	done
	same "$(json "$tmp/json" "json_extract(j, '$.hits[0].kind')")" note
	same "$(json "$tmp/json" "json_extract(j, '$.total')")" 1
	put iaas/os 'the firewall is mine'
	onus search -f json firewall >"$tmp/json"
	same "$(json "$tmp/json" "json_extract(j, '$.hits[0].link')")" azure:iaas/os
	same "$(json "$tmp/json" "json_extract(j, '$.hits[1].kind') <> 'note'")" 1
}

@test "a note on what is no longer in the content can be read, listed, found and removed" {
	put paas/os 'a zebra'
	sqlite3 "$user" "UPDATE note SET link = 'service/gone'"
	has "$(onus note)" 'service/gone'
	same "$(onus note service/gone)" 'a zebra'
	has "$(onus search zebra)" 'service/gone'
	onus note --remove service/gone
	same "$(onus note)" ''
}

@test "notes need no content to be listed" {
	put paas/os 'a zebra'
	has "$(ONUS_DB=/nowhere onus note)" 'a zebra'
}

@test "ONUS_RESTRICTED leaves the user's own notes" {
	export ONUS_RESTRICTED=1
	put paas/os 'mine'
	same "$(onus note paas/os)" 'mine'
}

@test "a backup is listed and restored, and what it replaced can be restored too" {
	put paas/os 'one'
	put paas/os 'two'
	onus note --backups >"$tmp/list"
	matches "$(cat "$tmp/list")" "^$(date -u +%F).db +$(date -u +%F) +1 note$"
	onus note --restore "$(date -u +%F).db"
	same "$(onus note paas/os)" 'one'
	same "$(onus note --backups | wc -l)" 2
	onus note --restore "$(onus note --backups | awk '/T/ { print $1 }')"
	same "$(onus note paas/os)" 'two'
}

@test "what is too long, no text or not ours is refused, and nothing changes" {
	put paas/os 'one'
	head -c 70000 /dev/zero | tr '\0' x | (run timeout 20 "$program" note paas/os
		[[ $status == 6 ]])
	printf 'a\0b' | (run timeout 20 "$program" note paas/os
		[[ $status == 6 ]])
	same "$(onus note paas/os)" 'one'
	chmod 777 "$XDG_DATA_HOME/onus"
	refused 6 'others can write' note paas/os
	run --separate-stderr onus show paas/os
	[[ $status == 0 ]]
	has "$stderr" 'others can write'
	has "$output" 'Operating system'
	refused 6 'others can write' show -n paas/os
	chmod 700 "$XDG_DATA_HOME/onus"
	sqlite3 "$user" 'PRAGMA user_version = 99'
	cp "$user" "$tmp/copy"
	refused 6 'newer onus' note paas/os
	echo changed | (run timeout 20 "$program" note paas/os
		[[ $status == 6 ]])
	cmp "$user" "$tmp/copy"
	printf 'not a database, however long this line goes on, and on, and on, and on, and on, and on' >"$user"
	refused 6 'not a database' note
	unset HOME XDG_DATA_HOME
	refused 6 'HOME' note
}

@test "damage is told, and what can be read stays" {
	for i in 1 2 3 4 5 6 7 8; do
		put "$(db 'SELECT link FROM entry WHERE kind = '"'cell'"' LIMIT 1 OFFSET '"$i")" "$(head -c 3000 /dev/zero |
			tr '\0' "$i")"
	done
	rm -r "$XDG_DATA_HOME/onus/backup"
	leaf=$(grep -obUaP '3{500}' "$user" | head -n 1 | cut -d : -f 1)
	head -c 4096 /dev/zero | dd of="$user" bs=4096 seek=$((leaf / 4096)) conv=notrunc 2>/dev/null
	run --separate-stderr onus note -f csv
	[[ $status == 0 ]]
	matches "$stderr" 'recovered 7 of 8 notes'
	same "$(grep -c '^azure' <<<"$output")" 7
	ls "$XDG_DATA_HOME"/onus/user.db.corrupt-*
	run --separate-stderr onus note -f csv
	same "$stderr" ''
}

@test "a disk that is full, or a limit, is a sentence, and the old note stays" {
	put paas/os 'old'
	head -c 60000 /dev/urandom | base64 -w 60 | head -c 60000 >"$tmp/long"
	size=$(($(stat -c %s "$user") / 1024))
	run --separate-stderr bash -c "ulimit -f $size; exec timeout 20 '$program' note paas/os <'$tmp/long'"
	[[ $status == 6 ]]
	sentence "$stderr"
	matches "$stderr" 'not saved'
	same "$(onus note paas/os)" 'old'
	timeout 20 "$program" note paas/os <"$tmp/long"
	onus note paas/os | cmp - "$tmp/long"
}

@test "a home that cannot be written to is read" {
	put paas/os 'old'
	within_reach
	cp "$ONUS_DB" "$tmp/onus.db"
	chmod -R a+rX "$tmp"
	chmod 755 "$XDG_DATA_HOME" "$XDG_DATA_HOME/onus"
	if [[ $(id -u) == 0 ]]; then
		chown -R 65534:65534 "$XDG_DATA_HOME"
	fi
	chmod 0400 "$user"
	chmod 0555 "$XDG_DATA_HOME/onus"
	same "$(as_nobody env ONUS_DB="$tmp/onus.db" "$tmp/onus" note paas/os </dev/null)" 'old'
	run --separate-stderr as_nobody env ONUS_DB="$tmp/onus.db" "$tmp/onus" note paas/os <<<'new'
	chmod 0700 "$XDG_DATA_HOME/onus"
	[[ $status == 6 ]]
	sentence "$stderr"
	matches "$stderr" "$user"
}

@test "kill -9 at any moment loses nothing that was confirmed" {
	put paas/os 0
	for i in {1..60}; do
		cp "$user" "$tmp/before"
		echo "$i" >"$tmp/in"
		timeout -s KILL "0.00$((RANDOM % 9))$((RANDOM % 10))" "$program" note paas/os <"$tmp/in" && want=$i ||
			want=
		is=$(onus note paas/os)
		if [[ $want ]]; then
			same "$is" "$want"
		else
			[[ $is == "$i" || $is == "${last:-0}" ]] || fail "after $last came $is, not $i"
		fi
		last=$is
	done
	same "$(sqlite3 "$user" 'PRAGMA integrity_check')" ok
	same "$(find "$XDG_DATA_HOME/onus" -name '*corrupt*')" ''
}

# ---- marks and the last place, without a screen ----

explore() {
	timeout 20 "$program" --plain "$@"
}

@test "without a screen notes and marks are words" {
	printf '%s\n' 'paas/os' 'note Ask Ada.' 'again' 'note' 'mark a' 'grid' 'note' 'go a' 'marks' 'go b' quit |
		explore >"$tmp/out"
	has "$(cat "$tmp/out")" 'saved.'
	same "$(onus note paas/os)" 'Ask Ada.'
	has "$(cat "$tmp/out")" 'open a page first'
	has "$(cat "$tmp/out")" '1. a: PaaS / Operating system. Marked on'
	has "$(cat "$tmp/out")" 'there is no mark b'
	printf '%s\n' 'search ask ada' 1 quit | explore >"$tmp/out"
	has "$(cat "$tmp/out")" '1. note, PaaS / Operating system.'
	has "$(cat "$tmp/out")" 'Link: azure:paas/os.'
	printf '%s\n' 'note none' quit | explore paas/os >"$tmp/out"
	refused 1 'no note' note paas/os
}

@test "one comes back to the last place, if something of one's own is kept at all" {
	printf '%s\n' paas/os quit | explore >"$tmp/out"
	[[ ! -e $XDG_DATA_HOME ]]
	put paas/os 'x'
	printf '%s\n' service/aks quit | explore >"$tmp/out"
	explore </dev/null >"$tmp/out"
	has "$(cat "$tmp/out")" 'back where you were, at Azure Kubernetes Service'
	has "$(cat "$tmp/out")" '; up goes back to the grid.'
	has "$(cat "$tmp/out")" 'Link: service/aks.'
	printf '%s\n' paas/os quit | explore >"$tmp/out"
	explore </dev/null >"$tmp/out"
	has "$(cat "$tmp/out")" 'at PaaS / Operating system; up goes back to Azure Kubernetes Service'
	printf '%s\n' up quit | explore >"$tmp/out"
	explore --fresh </dev/null >"$tmp/out"
	lacks "$(cat "$tmp/out")" 'Link: service/aks.'
	explore paas/os </dev/null >"$tmp/out"
	lacks "$(cat "$tmp/out")" 'Link: service/aks.'
}

@test "a place that nobody could have written is a message" {
	put paas/os 'x'
	for place in 'grid 0 azure' $'grid 0 azure\npage 3 service/gone\n' $'page 0 paas/os\n' '' $'grid -1 azure\n' \
	    $'grid 99999999999999999999 azure\n' $'grid 9223372036854775807 azure\npage 9223372036854775807 azure:paas/os\n' \
	    $'grid 0 nosuch\n' $'grid 0 azure\ngrid 0 azure\n' $'grid 0 azure\nlist 0 paas/os\n' \
	    $'grid 0 azure\nlist 5 index\nlist 7 mark/\nlist 900 \nsearch 5 a b c\nhelp 77 \n' \
	    $'grid 0 azure\nnosuch 0 x\n' $'grid 0 azure\npage 0\n' $'\033[2J 0 x\n' \
	    "$(printf 'grid 0 azure\n'; printf 'page 0 paas/os\n%.0s' {1..500})"; do
		sqlite3 "$user" "INSERT OR REPLACE INTO kept(kind, name, text, changed)
			VALUES('place', 'last', '$place', 0), ('mark', 'a', '$place', 0)"
		printf '%s\n' 'go a' up 'marks' 1 up up again quit | explore >"$tmp/out" 2>&1 || fail "status $?: $place"
		clean "$tmp/out"
		has "$(cat "$tmp/out")" 'Azure'
	done
}

@test "the search without a screen finds notes, and opens what they are on" {
	put paas/os 'ask the zebra team'
	printf '%s\n' 'search zebra' 1 quit | "$program" --plain >"$tmp/out"
	grep -q '^1 found\.$' "$tmp/out"
	grep -qi '^1\. note, ' "$tmp/out"
	grep -q 'Link: azure:paas/os\.' "$tmp/out"
}
