#!/bin/sh
# update-docs.sh [DOCGEN [MANUAL]]: put what docgen prints between the markers of the manual.
# Changes nothing unless all is well; a second run changes nothing.
set -eu
srcdir=${srcdir:-$(dirname "$0")/..}
docgen=${1:-${builddir:-$srcdir/build}/tests/docgen}
manual=${2:-$srcdir/man/onus.1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

cp "$manual" "$work/manual"
for block in OPTIONS:options COMMANDS-LIST:commands KEYS:keys; do
	name=${block%:*}
	"$docgen" "${block#*:}" >"$work/block"
	[ -s "$work/block" ]
	awk -v name="$name" -v block="$work/block" '
		index($0, ".\\\" END " name) == 1 {
			inside = 0
			ends++
		}
		!inside
		index($0, ".\\\" BEGIN " name " ") == 1 {
			while ((getline line <block) > 0)
				print line
			inside = 1
			begins++
		}
		END {
			exit begins != 1 || ends != 1 || inside
		}
	' "$work/manual" >"$work/new" || {
		echo "update-docs: $manual needs the markers BEGIN $name and END $name, once each" >&2
		exit 1
	}
	mv "$work/new" "$work/manual"
done
if cmp -s "$work/manual" "$manual"; then
	echo "update-docs: $manual is up to date"
else
	cat "$work/manual" >"$manual"   # keeps its mode
	echo "update-docs: $manual is new; set its date (.Dd)"
fi
