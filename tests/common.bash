# common: what the .bats files share: where things are, and words for what they check.
#
# make check sets srcdir and builddir; without it they are the folder above and its build/, so that
# `bats tests/cli.bats` works.  A check is a function that says what it saw and fails; `!` in front of
# a command does not fail a test, so there is a word for each denial.
# shellcheck shell=bash disable=SC2034,SC2154

bats_require_minimum_version 1.5.0

srcdir=$(cd "${srcdir:-$BATS_TEST_DIRNAME/..}" && pwd)
builddir=$(cd "${builddir:-$srcdir/build}" && pwd)
program=$builddir/onus
pack=$srcdir/db/azure
tmp=${BATS_TEST_TMPDIR-}

export ONUS_DB=${ONUS_DB:-$builddir/db/onus.db} LC_ALL=C.UTF-8 TERM=dumb HOME=$BATS_RUN_TMPDIR
unset NO_COLOR COLUMNS LINES ACCESSIBLE ONUS_RESTRICTED POSIXLY_CORRECT XDG_DATA_HOME XDG_CONFIG_HOME

# The program, without a terminal and never for long.
onus() {
	timeout 20 "$program" "$@" </dev/null
}

# What the database says itself.
db() {
	sqlite3 -batch "$ONUS_DB" "$1"
}

# ---- text ----

fail() {
	printf '%s\n' "$@"
	return 1
}

# same GOT WANT
same() {
	[[ $1 == "$2" ]] || fail 'got:' "$1" 'want:' "$2"
}

# matches TEXT REGEX
matches() {
	[[ $1 =~ $2 ]] || fail "does not match $2:" "$1"
}

# has TEXT PART
has() {
	[[ $1 == *"$2"* ]] || fail "lacks $2:" "$1"
}

lacks() {
	[[ $1 != *"$2"* ]] || fail "must not have $2:" "$1"
}

# found_in FILE... : fails where grep (a regex of bytes) finds something in them, and shows it.
nothing_like() {
	local regex=$1
	shift
	if LC_ALL=C grep -naE -m 5 -e "$regex" "$@" | cat -v | grep .; then
		return 1
	fi
}

# No byte in the files controls a terminal: no control characters but newlines, in one byte or two, and none
# that change the order of letters.
clean() {
	nothing_like '[[:cntrl:]]' "$@" && nothing_like $'\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xa8-\xae]' "$@"
}

ascii() {
	nothing_like '[^ -~]' "$@"
}

# A sentence of the program on stderr, and nothing else there: one line, no full stop, no control bytes.
sentence() {
	printf '%s\n' "$1" >"$tmp/sentence"
	clean "$tmp/sentence"
	matches "$1" '^onus: [^[:space:]].*[^.[:space:]]$'
	lacks "$1" $'\n'
}

# refused STATUS REGEX ARGUMENT... : the program gives this status and a sentence, and prints nothing.
refused() {
	local want=$1 regex=$2
	shift 2
	run --separate-stderr onus "$@"
	[[ $status == "$want" ]] || fail "status $status, not $want: onus ${*:0:300}" "$stderr"
	same "$output" ''
	sentence "$stderr"
	matches "$stderr" "$regex"
}

# ---- JSON, by SQLite ----

# json FILE EXPRESSION: an SQL expression over j, the text of a file.
json() {
	sqlite3 -batch :memory: "WITH f(j) AS (SELECT CAST(readfile('$1') AS TEXT)) SELECT $2 FROM f"
}

# The same for a file with an object a line, as one array.
json_lines() {
	sqlite3 -batch :memory: "WITH f(j) AS (SELECT '[' || replace(rtrim(CAST(readfile('$1') AS TEXT),
		char(10)),
		char(10), ',') || ']') SELECT $2 FROM f"
}

# keys FILE [PATH]: the keys of an object, in their order.
keys() {
	sqlite3 -batch :memory: "SELECT group_concat(key)
		FROM json_each(CAST(readfile('$1') AS TEXT), '${2-$}')"
}

# ---- users, packs ----

# Run a command as somebody who is not root and owns nothing here.
as_nobody() {
	if [[ $(id -u) == 0 ]]; then
		setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
	else
		"$@"
	fi
}

# Copies of the program and the database that everybody can reach, in the folder of the test.
within_reach() {
	chmod 711 "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR/test" "$tmp" 2>/dev/null || true
	cp "$program" "$tmp/onus"
	as_nobody test -x "$tmp/onus" || skip 'no folder that others can reach'
}

# A copy of the shipped pack that may be changed: $tmp/azure.
copy_pack() {
	cp -R "$pack" "$tmp/azure"
	chmod -R u+w "$tmp/azure"
}

# A pack of our own in $tmp/mine: it changes a practice and adds a topic.
make_pack() {
	mkdir -p "$tmp/mine/practice" "$tmp/mine/topic"
	cat >"$tmp/mine/pack.yaml" <<-END
	id: mine
	title: House rules
	version: "7"
	language: en
	licence: none
	attribution: Us
	END
	sed 's/^title: .*/title: How we patch/' "$pack/practice/patch-guest-os.md" \
		>"$tmp/mine/practice/patch-guest-os.md"
	cat >"$tmp/mine/topic/house-rules.md" <<-END
	---
	title: House rules
	summary: What this house adds.
	cells: [azure:iaas/os]
	sources: [ours]
	---
	See [how we patch](practice/patch-guest-os).
	END
}
