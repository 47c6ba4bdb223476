#!/usr/bin/env bats
# What the program does when the world is broken: databases, outputs, users, locales, arguments, limits.
# shellcheck disable=SC2154,SC2086,SC2046,SC2030,SC2031,SC2016

load common

commands=('grid' 'show paas/os' 'search os')
advice="install (a newer )?onus|--db|build it again"

# no_database FILE REGEX: every command refuses this database, names it and says what to do.
no_database() {
	local command
	for command in "${commands[@]}"; do
		refused 4 "$2" $command --db "$1"
		has "$stderr" "$1"
		matches "$stderr" "$advice"
	done
}

# every_print CHECK...: run CHECK with the arguments of each thing that can be printed, in each format.
every_print() {
	local f
	for f in text plain csv json md html svg; do
		"$@" grid -f $f
	done
	"$@" show paas/os practice/patch-guest-os -f html
	for f in text plain json md; do
		"$@" show paas/os practice/patch-guest-os -f $f
		"$@" search os -f $f
	done
	"$@" grid -lf csv
	"$@" help
	"$@" help keys
	"$@" grid --help
	"$@" --version
}

# everything COMMAND...: with all links of the database behind it: more than any buffer holds.
everything() {
	"$@" $(db 'SELECT link FROM entry')
}

# ---- the content database ----

@test "a database that is not there" {
	no_database "$tmp/none.db" 'No such file or directory'
}

@test "an empty file, a text, another program's database" {
	: >"$tmp/empty.db"
	no_database "$tmp/empty.db" 'is not a content database of onus'
	printf 'I am a letter, as long as the head of a database, but not one. %.0s' 1 2 3 >"$tmp/text.db"
	no_database "$tmp/text.db" 'damaged|not a content database'
	sqlite3 "$tmp/foreign.db" 'CREATE TABLE entry(id); INSERT INTO entry VALUES (1)'
	no_database "$tmp/foreign.db" 'is not a content database of onus'
	no_database /dev/null 'not a content database|not a (regular )?file'
}

@test "a database of a newer or an older format" {
	cp "$ONUS_DB" "$tmp/new.db"
	chmod u+w "$tmp/new.db"
	sqlite3 "$tmp/new.db" 'PRAGMA user_version = 99'
	no_database "$tmp/new.db" 'has format 99, this onus knows 1; install a newer onus'
	sqlite3 "$tmp/new.db" 'PRAGMA user_version = 0'
	no_database "$tmp/new.db" 'has format 0, this onus needs 1; build it again'
}

@test "a database with our head and nothing in it" {
	sqlite3 "$tmp/bare.db" \
		'PRAGMA application_id = 0x6f6e7573; PRAGMA user_version = 1; CREATE TABLE x(y)'
	no_database "$tmp/bare.db" 'is damaged'
}

@test "a truncated database" {
	for size in 100 4096 100000 700000; do
		head -c $size "$ONUS_DB" >"$tmp/short.db"
		no_database "$tmp/short.db" 'is damaged'
	done
}

@test "a database in which random bytes changed: the page or a sentence, never a crash" {
	RANDOM=7
	size=$(stat -c %s "$ONUS_DB")
	for round in {1..25}; do
		cp "$ONUS_DB" "$tmp/odd.db"
		chmod u+w "$tmp/odd.db"
		for hole in {1..12}; do
			printf "\\x$(printf %x $((RANDOM % 256)))%s" $'\xff\x01zz' |
				dd of="$tmp/odd.db" bs=1 conv=notrunc status=none \
				seek=$(((RANDOM * 32768 + RANDOM) % (hole < 4 ? 4096 : size)))
		done
		for command in grid 'grid -lfcsv' 'show paas/os matrix/azure' 'search -f json patch'; do
			run --separate-stderr onus $command --db "$tmp/odd.db"
			matches "$status" '^[034]$' || fail "round $round: $command: status $status" "$stderr"
			[[ $status == 0 ]] || sentence "$stderr"
		done
	done
}

@test "random bytes with our head" {
	{ head -c 100 "$ONUS_DB"; head -c 200000 /dev/urandom; } >"$tmp/noise.db"
	no_database "$tmp/noise.db" 'is damaged'
}

@test "a folder in place of the database" {
	no_database "$tmp" 'not a (regular )?file'
}

@test "a pipe in place of the database does not make the program wait" {
	mkfifo "$tmp/pipe"
	run --separate-stderr timeout 5 "$program" grid --db "$tmp/pipe"
	[[ $status == 4 ]] || fail "status $status"
	has "$stderr" "$tmp/pipe"
}

@test "a database that we may not read" {
	within_reach
	cp "$ONUS_DB" "$tmp/secret.db"
	chmod 000 "$tmp/secret.db"
	run --separate-stderr as_nobody "$tmp/onus" grid --db "$tmp/secret.db"
	same "$status$output" 4
	sentence "$stderr"
	matches "$stderr" "cannot read the content database $tmp/secret.db: Permission denied; .*$advice"
}

@test "a folder that cannot be written is as good as another, and nothing is written into it" {
	within_reach
	mkdir "$tmp/ro"
	cp "$ONUS_DB" "$tmp/ro/onus.db"
	chmod 444 "$tmp/ro/onus.db"
	chmod 555 "$tmp/ro"
	for command in "${commands[@]}"; do
		cd / && as_nobody env -u HOME "$tmp/onus" $command --db "$tmp/ro/onus.db" >"$tmp/out"
		onus $command | cmp - "$tmp/out"
	done
	same "$(ls -A "$tmp/ro")" onus.db
	chmod 755 "$tmp/ro"
}

@test "reading leaves no file beside the database and none at home" {
	mkdir "$tmp/home" "$tmp/d"
	cp "$ONUS_DB" "$tmp/d"
	for command in "${commands[@]}" ''; do
		HOME=$tmp/home onus $command --db "$tmp/d/onus.db" >/dev/null
	done
	same "$(ls -A "$tmp/home" "$tmp/d")" "$(printf '%s:\nonus.db\n\n%s:' "$tmp/d" "$tmp/home")"
}

@test "the name of a database may hold anything, and is no URI" {
	cp "$ONUS_DB" "$tmp/a b?mode=rwc&c#d%41'.db"
	onus grid --db "$tmp/a b?mode=rwc&c#d%41'.db" | cmp - <(onus grid)
	cd "$tmp"
	refused 4 'file:nothing.db' grid --db 'file:nothing.db?mode=rwc'
	same "$(find . -name 'noth*' -o -name 'file*')" ''
	cp "$ONUS_DB" 'file:x.db'
	onus grid --db 'file:x.db' >/dev/null
}

@test "--db wins over ONUS_DB, and an empty ONUS_DB is none" {
	onus grid >"$tmp/want"
	want=$ONUS_DB
	ONUS_DB=$tmp/none.db onus --db "$want" grid | cmp - "$tmp/want"
	ONUS_DB=$tmp/none.db refused 4 "$tmp/none.db" grid
	refused 4 "$tmp/other.db" grid --db "$tmp/other.db"
	ONUS_DB='' run --separate-stderr onus grid
	[[ $status == 0 ]] || matches "$stderr" "/onus/onus.db: No such file"
	ONUS_DB=$want onus grid | cmp - "$tmp/want"
}

@test "a hundred readers at once" {
	for i in {1..100}; do
		"$program" show paas/os >"$tmp/r$i" 2>&1 </dev/null 3>&- &
	done
	wait
	onus show paas/os >"$tmp/want"
	for i in {1..100}; do
		cmp "$tmp/want" "$tmp/r$i"
	done
}

# ---- outputs ----

full() {
	run --separate-stderr bash -c '"$@" >/dev/full' - timeout 20 "$program" "$@"
	[[ $status == 6 ]] || fail "status $status: $*"
	sentence "$stderr"
	matches "$stderr" 'cannot write to standard output: No space left on device'
}

@test "a full disk is status 6 and a sentence, whatever is printed" {
	every_print full
	everything full show -f text
	everything full show -f json
}

closed() {
	run --separate-stderr bash -c '"$@" >&-' - timeout 20 "$program" "$@"
	[[ $status == 6 ]] || fail "status $status: $*"
	sentence "$stderr"
}

@test "a closed stdout is status 6 and a sentence, whatever is printed" {
	every_print closed
	everything closed show
}

@test "a reader that has enough is no fault" {
	everything printf '%s\n' >"$tmp/links"
	for f in text plain json md; do
		run --separate-stderr bash -c 'program=$1; shift; timeout 20 "$program" show "$@" | head -n 1
			exit ${PIPESTATUS[0]}' - "$program" -f $f $(cat "$tmp/links")
		same "$status$stderr" 0
	done
	for command in "${commands[@]}" help --version; do
		run --separate-stderr bash -c '{ sleep 0.05; "$@"; } | true; exit ${PIPESTATUS[0]}' - \
			"$program" $command
		same "$status$output$stderr" 0
	done
}

@test "closed stdin and stderr change nothing" {
	"$program" grid <&- | cmp - <(onus grid)
	"$program" grid 2>&- | cmp - <(onus grid)
	run bash -c '"$1" show no/where 2>&-' - "$program"
	same "$status$output" 3
	"$program" pack check "$pack" 2>&- <&- | cmp - <(onus pack check "$pack")
}

# ---- locales ----

@test "where the locale is not UTF-8, text and plain are ASCII" {
	copy_pack
	sed -i 's/^title: .*/title: "Grüße → “x” 漢 ۛ"/; s/^summary: .*/summary: Größe – naïve/' \
		"$tmp/azure/example/microsoft-teams.md"
	sed -i 's,^  word: Shared,  word: Gemäß,' "$tmp/azure/holders.yaml"
	sed -i 's/^    full: PaaS/    full: Plattform für ü/' "$tmp/azure/matrix/azure.yaml"
	onus pack build "$tmp/azure" -o "$tmp/u.db"
	for locale in C POSIX xx_YY de_DE.ISO-8859-1; do
		for f in text plain; do
			for command in grid 'show paas/apps paas example/microsoft-teams' 'search teams'; do
				env LC_ALL=$locale "$program" $command -f $f --db "$tmp/u.db" >>"$tmp/out"
			done
		done
	done
	ascii "$tmp/out"
	has "$(cat "$tmp/out")" 'Grusse -> "x"'
	has "$(onus show example/microsoft-teams --db "$tmp/u.db")" 'Grüße → “x” 漢'
}

@test "json, csv, md, html and svg are the same in every locale" {
	for f in json csv md html svg; do
		LC_ALL=C onus grid -f $f | cmp - <(onus grid -f $f)
	done
	LC_ALL=C onus show paas/os -f json | cmp - <(onus show paas/os -f json)
}

@test "where the locale is not UTF-8, what a sentence quotes is ASCII too" {
	for locale in C xx_YY; do
		run -3 env LC_ALL=$locale "$program" show $'x/\xdb\x9b31m-\xc3\xbc'
		printf "%s" "$output" >"$tmp/err"
		ascii "$tmp/err"
	done
}

@test "strange surroundings" {
	onus grid >"$tmp/want"
	env -i ONUS_DB="$ONUS_DB" "$program" grid </dev/null | cmp - <(LC_ALL=C onus grid)
	TERM=$(printf 'x%.0s' {1..4000}) COLUMNS=-5 LINES=x TZ=:/etc/passwd onus grid | cmp - "$tmp/want"
	TERM=$(printf 'x%.0s' {1..4000}) onus grid --color=always >/dev/null
	LC_ALL=../../../../etc onus grid >/dev/null
}

# ---- arguments ----

@test "control bytes in an argument do not come back, wherever it stands" {
	for evil in $'x/\e[31m\a' $'a\rb/\nc' $'x/\xc2\x9b31m' $'x/\xe2\x80\xaey' $'x/\xff\xfe\x9b'; do
		refused 3 'there is no ' show "$evil"
		refused 3 'there is no ' "$evil"
		refused 3 'there is no matrix' grid -m "$evil"
		refused 2 'there is no format' grid -f "$evil"
		refused 2 'color takes' grid "--color=$evil"
		refused 2 'unknown option' "--$evil"
		refused 2 'there is no help on' help "$evil"
		refused 2 'pack takes' pack "$evil"
		refused 4 'content database' grid --db "$evil"
		refused 6 'there is no folder' pack check "$evil"
	done
	refused 2 'unknown option' $'-\e'
	refused 2 'unknown option' $'-\xff'
}

@test "an argument of ten thousand bytes, or more, gets a sentence of one line" {
	for n in 10000 60000; do
		long=$(head -c $n /dev/zero | tr '\0' 'a')
		refused 3 'there is no aaaa' show "$long"
		refused 3 'there is no aaaa' show "$long/$long"
		refused 2 'neither a command nor a link|aaaa' "$long"
		refused 3 'matrix' grid -m "$long"
		refused 2 'format' grid -f "$long"
		refused 4 "cannot read the content database" grid --db "$long"
		refused 2 'unknown option' "--$long"
		refused 6 'there is no folder' pack check "$long"
		refused 6 'a' pack build "$pack" -o "$long"
		same "$(onus search "$long" | tail -n 1)" '0 found'
	done
	[[ ${#stderr} -lt 1200 ]]
}

@test "a search for very many words ends in time" {
	timeout 5 "$program" search $(printf 'a %.0s' {1..400}) >/dev/null || fail "the same word: status $?"
	timeout 5 "$program" search $(printf '%s ' {a..z}{,a,e}) >/dev/null || fail "words: status $?"
}

@test "very many links" {
	onus show -f json $(printf 'paas/os %.0s' {1..2000}) | wc -l | grep -qx 2000
}

# ---- pack build that cannot finish ----

# Nothing but what was there is in $tmp/d, and the old database is as it was.
untouched() {
	same "$(ls -A "$tmp/d")" onus.db
	same "$(cat "$tmp/d/onus.db")" old
}

old_database() {
	mkdir "$tmp/d"
	echo old >"$tmp/d/onus.db"
}

@test "a limit on the size of files: a sentence, no new database, no rest of it" {
	old_database
	run --separate-stderr bash -c 'ulimit -f 1; ulimit -c 0; "$@"' - \
		"$program" pack build "$pack" -o "$tmp/d/onus.db"
	[[ $status == 6 ]] || fail "status $status" "$stderr" "$(ls -A "$tmp/d")"
	sentence "$stderr"
	untouched
}

@test "a folder that cannot be written: a sentence, and no database" {
	within_reach
	old_database
	cp -R "$pack" "$tmp/azure"
	chmod 555 "$tmp/d"
	run --separate-stderr as_nobody "$tmp/onus" pack build "$tmp/azure" -o "$tmp/d/onus.db"
	chmod 755 "$tmp/d"
	same "$status$output" 6
	sentence "$stderr"
	has "$stderr" "$tmp/d/onus.db"
	untouched
}

# Kill a build as soon as it has begun to write; 1 where it was done before that.
kill_build() {
	"$program" pack build "$pack" -o "$tmp/d/onus.db" </dev/null 3>&- &
	until compgen -G "$tmp/d/onus.db.*" >/dev/null || ! kill -0 $! 2>/dev/null; do :; done
	kill -9 $! 2>/dev/null
	! wait $! 2>/dev/null
}

@test "a build that is killed leaves the old database, and the next one works" {
	old_database
	for _ in {1..50}; do
		kill_build && break
		echo old >"$tmp/d/onus.db"
	done
	same "$(cat "$tmp/d/onus.db")" old
	same "$(find "$tmp/d" -name "*-journal")" ""
	onus pack build "$pack" -o "$tmp/d/onus.db"
	cmp "$tmp/d/onus.db" "$builddir/db/onus.db"
}

@test "ten builds of one database at once leave a whole one, and no rests" {
	old_database
	for _ in {1..10}; do
		"$program" pack build "$pack" -o "$tmp/d/onus.db" </dev/null 3>&- &
	done
	wait
	cmp "$tmp/d/onus.db" "$builddir/db/onus.db"
	same "$(ls -A "$tmp/d")" onus.db
}
