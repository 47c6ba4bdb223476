#!/usr/bin/env bats
# Golden frames: every script of tests/script at every size and with every theme of tests/frames.list, as
# a person looked at them.  After a change that is meant: make update-golden, and read the difference.

load common

# A script at a size, with a theme, compared with what stands in tests/golden.
compare() {
	local name
	name=$(basename "$1" .keys)-$2-$3
	"$builddir/tests/frame" "$ONUS_DB" "$1" "$2" "$3" >"$BATS_TEST_TMPDIR/$name.txt" || return 1
	diff -u "$srcdir/tests/golden/$name.txt" "$BATS_TEST_TMPDIR/$name.txt"
}

@test "every frame is as it was looked at" {
	local bad=0
	while read -r size theme; do
		for script in "$srcdir"/tests/script/*.keys; do
			compare "$script" "$size" "$theme" || bad=1
		done
	done <"$srcdir/tests/frames.list"
	return $bad
}

# The keys of a line, of which those that make a word count as one.
count_keys() {
	awk '{
		n = 0; word = 0
		for (i = 2; i <= NF; i++) {
			char = length($i) == 1 && $i ~ /[a-z0-9-]/ && typing
			if (!char || !word)
				n++
			word = char
			if ($i == "/" || $i == ":" || $i == "C")
				typing = 1
			if ($i == "Enter")
				typing = 0
		}
		print n
	}'
}

@test "what people ask takes at most eight keys" {
	same "$(echo 'key / k e y Space r o t a t i o n' | count_keys)" 4
	same "$(echo 'key g i c p' | count_keys)" 4
	grep -E '^(task|key) ' "$srcdir/tests/script/tasks.keys" >"$tmp/tasks"
	same "$(grep -c '^task ' "$tmp/tasks")" "$(grep -c '^key ' "$tmp/tasks")"
	same "$(grep '^key ' "$tmp/tasks" | while read -r line; do
		(($(echo "$line" | count_keys) <= 8)) || echo "$line"
	done)" ""
}

@test "no golden frame is left over" {
	for golden in "$srcdir"/tests/golden/*.txt; do
		name=$(basename "$golden" .txt)
		[ -f "$srcdir/tests/script/${name%-*x*-*}.keys" ] || { echo "$golden has no script"; return 1; }
	done
}

@test "without colour each holder has a face of its own, and the chosen cell its brackets" {
	for theme in mono mono-ascii; do
		"$builddir/tests/frame" "$ONUS_DB" "$srcdir/tests/script/grid.keys" 80x24 "$theme" |
			sed -n '2,/^===/p' >"$tmp/frame"
		# The five places of a cell: word, then what of it is reversed, "." for the places that are not.
		awk '/^\|/ { text = $0; next }
			text ~ /(Customer|Shared|Microsoft)[] ]/ && text ~ /^\|[> ] [A-Z][a-z]/ && text !~ /diagram/ {
				for (x = 42; x < 80; x += 10) {
					word = substr(text, x, 9); gsub(/[^A-Za-z]/, "", word)
					face = substr($0 "                                                  ", x, 9)
					gsub(/[^r@]/, ".", face); gsub(/@/, "r", face)
					print word, face
				}
			}' "$tmp/frame" | sort | uniq -c | tr -s ' ' >"$tmp/faces"
		same "$(cat "$tmp/faces")" " 23 Customer rrrrrrrrr
 13 Microsoft .........
 4 Shared rrrr....."
		same "$(grep -c '^|>.*\[Customer \]' "$tmp/frame")" 1
		same "$(grep -c '\[' "$tmp/frame")" 1
	done
}
