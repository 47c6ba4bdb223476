#!/bin/sh
# update-docs.sh [DOCGEN [FOLDER]]: put what docgen prints between the markers of the manuals in a folder.
# Changes nothing unless all is well; a second run changes nothing.
set -eu
srcdir=${srcdir:-$(dirname "$0")/..}
docgen=${1:-${builddir:-$srcdir/build}/tests/docgen}
folder=${2:-$srcdir/man}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# manual:marker:block
blocks='onus.1:OPTIONS:options onus.1:COMMANDS-LIST:commands onus.1:KEYS:keys onus-pack.5:FIELDS:fields'
for block in $blocks; do
	manual=${block%%:*}
	name=${block#*:}
	[ -e "$work/$manual" ] || cp "$folder/$manual" "$work/$manual"
	"$docgen" "${name#*:}" >"$work/block"
	name=${name%:*}
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
	' "$work/$manual" >"$work/new" || {
		echo "update-docs: $folder/$manual needs the markers BEGIN $name and END $name, once each" >&2
		exit 1
	}
	mv "$work/new" "$work/$manual"
done
rm "$work/block"
for new in "$work"/*; do
	manual=$folder/$(basename "$new")
	if cmp -s "$new" "$manual"; then
		echo "update-docs: $manual is up to date"
	else
		cat "$new" >"$manual"   # keeps its mode
		echo "update-docs: $manual is new; set its date (.Dd)"
	fi
done
