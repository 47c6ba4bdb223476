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
