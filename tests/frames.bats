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

# says LINK KEY... : the last line of the screen after these keys, begun at the link.
says() {
	local open=$1
	shift
	printf 'open %s\nkey %s\nframe it\n' "$open" "$*" >"$tmp/keys"
	"$builddir/tests/frame" "$ONUS_DB" "$tmp/keys" 120x40 mono | grep '^|' | tail -n 1 | tr -s ' '
}

# The first line, likewise.
titles() {
	says "$@" >/dev/null
	"$builddir/tests/frame" "$ONUS_DB" "$tmp/keys" 120x40 mono | sed -n 2p
}

@test "a filter is there until it is taken away" {
	has "$(titles iaas..paas f m)" 'only Microsoft (fx: all)'
	has "$(titles iaas..paas f m A)" 'only Microsoft (fx: all)'
	has "$(titles iaas..paas f m f b)" 'only Microsoft (fx: all)'
	has "$(says iaas..paas f m f b)" 'no band is selected; fx shows all'
	lacks "$(titles iaas..paas f m A f x)" 'fx'
}

@test "the sentence has whose a cell is, also where the filter does not keep it" {
	has "$(says iaas..paas f m)" 'IaaS, Identity and directory infrastructure: Customer.'
}

@test "the sentence says of what the mark of a cell in a stack speaks" {
	has "$(says stack/vm..key-vault G k k k)" 'Azure Key Vault (for vm), Operating system: Microsoft. Moved.'
	has "$(says stack/aks G k k k)" 'Operating system: Shared. Unlike its model.'
	has "$(says stack/vm..aks G k k k)" 'Operating system: Shared. Unlike its model, and moved.'
}

@test "what takes its own place is as it was" {
	has "$(titles stack/vm..app-service i v i r t u a l m a c Enter)" 'Your stack'
	lacks "$(says stack/vm..app-service i v i r t u a l m a c Enter)" '(was'
}

@test "what cannot be opened is no place in the history" {
	keys=': c o m p a r e Space p a a s Space a z u r e Enter'
	# shellcheck disable=SC2086
	has "$("$builddir/tests/frame" "$ONUS_DB" <(printf 'open paas/os\nkey %s\nframe it\n' "$keys") 120x40 mono)" \
		'cannot be compared'
	has "$(titles paas/os $keys Esc)" 'PaaS / Operating system'
	lacks "$(titles paas/os $keys Esc Backspace)" 'PaaS / Operating system'
}

@test "the head of a comparison says what its columns are" {
	has "$(says iaas..paas k)" 'Model IaaS. Column 1 of 2.'
	has "$(says service/vm..service/aks k)" 'Service Azure Virtual Machines. Column 1 of 2.'
	has "$(says azure..azure-2026 k)" 'Matrix Azure shared responsibility. Column 1 of 2.'
	has "$(says azure..azure-2026 A)" 'all cells'
}
