#!/usr/bin/env bats
# What leaves the explorer without a screen: the words copy and write, and the ways of --clipboard.
# shellcheck disable=SC2154

load common

setup() {
	mkdir "$tmp/bin" "$tmp/here"
	cd "$tmp/here" || return 1
	unset TMUX DISPLAY WAYLAND_DISPLAY WSL_DISTRO_NAME SSH_TTY SSH_CONNECTION
	PATH=$tmp/bin:$PATH
}

# A conversation: what is typed, a line an argument; options stand in the array options.
talk() {
	printf '%s\n' "$@" | "$program" --plain "${options[@]}"
}

# A tool that keeps what it reads.
tool() {
	printf '#!/bin/sh\ncat >"%s/%s"\n' "$tmp" "$1" >"$tmp/bin/$1"
	chmod +x "$tmp/bin/$1"
}

@test "copy gives a tool what was told" {
	tool xclip
	options=()
	has "$(DISPLAY=:0 talk copy)" 'text of Azure shared responsibility given to xclip.'
	onus grid -f text | diff - "$tmp/xclip"
	has "$(DISPLAY=:0 talk paas/os copy)" 'text of PaaS / Operating system given to xclip.'
	onus show paas/os | diff - "$tmp/xclip"
}

@test "of a cell of a stack and a row of a comparison the part behind it is copied" {
	options=(--clipboard "$tmp/clip")
	has "$(talk 'stack vm aks' ': copy-markdown')" 'Markdown of stack/vm+aks/data#vm written to'
	onus show stack/vm+aks/data#vm -f md | diff - "$tmp/clip"
	has "$(talk 'compare iaas paas' ': copy')" 'text of azure:iaas..azure:paas#layer/identity written to'
	onus show 'iaas..paas#layer/identity' | diff - "$tmp/clip"
	talk 'stack vm aks' ': copy-link' >/dev/null
	same "$(cat "$tmp/clip")" stack/vm+aks/data#vm
}

@test "where there is no tool, copy says what to do, and sends nothing to anybody" {
	options=()
	talk copy >"$tmp/out"
	has "$(cat "$tmp/out")" 'this terminal has no clipboard; run in tmux, install wl-copy or xclip, or name a file'
	clean "$tmp/out"
	options=(--clipboard osc52)
	talk copy >"$tmp/out"
	has "$(cat "$tmp/out")" 'this terminal has no clipboard'
	clean "$tmp/out"
}

@test "--clipboard with a slash is a file, replaced each time" {
	options=(--clipboard "$tmp/clip")
	talk copy paas/os copy >/dev/null
	onus show paas/os | diff - "$tmp/clip"
	options=(--clipboard "$tmp/none/clip")
	has "$(talk copy)" 'cannot write'
}

@test "--clipboard refuses other words and names its own, and so does the help" {
	refused 2 'takes auto, .* not paper$' --clipboard paper --plain
	run --separate-stderr onus --plain --clipboard paper
	help=$("$program" --help | grep -e --clipboard)
	sed -e 's/.*takes //' -e 's/, not paper//' -e 's/,\| or a path with a slash//g' <<<"$stderr" >"$tmp/ways"
	[[ $(wc -w <"$tmp/ways") -gt 7 ]]
	for way in $(cat "$tmp/ways"); do
		has "$help" " $way"
		options=(--clipboard "$way")
		talk quit >/dev/null
	done
}

@test "write writes what was told, and over a file when it is said twice" {
	options=()
	has "$(talk 'write g.csv')" 'wrote g.csv.'
	onus grid -f csv | diff - g.csv
	has "$(talk paas/os 'write my page.md')" 'wrote my page.md.'
	onus show -f md paas/os | diff - 'my page.md'
	echo mine >a.md
	has "$(talk 'write a.md' help 'write a.md' 'write b.md' 'write a.md')" \
		'a.md is there already; the same once more replaces it.'
	same "$(cat a.md)" mine
	has "$(talk 'write a.md' 'write a.md')" 'wrote a.md.'
	onus grid -f md | diff - a.md
	has "$(talk 'write a.doc')" 'end the name in one of .txt .md .csv .json .html .svg.'
	has "$(talk write)" 'write needs the name of a file behind it.'
	same "$(ls)" $'a.md\nb.md\ng.csv\nmy page.md'
}

@test "nothing is written where that is switched off" {
	options=()
	tool xclip
	has "$(ONUS_RESTRICTED=1 talk 'write a.md')" 'writing files is switched off here.'
	has "$(ONUS_RESTRICTED=1 DISPLAY=:0 talk copy)" 'this terminal has no clipboard'
	options=(--clipboard ./clip)
	has "$(ONUS_RESTRICTED=1 talk copy)" 'copying is switched off here.'
	same "$(ls)" ''
	[[ ! -e $tmp/xclip ]]
}
