#!/usr/bin/env bats
# Commands and places without a screen: the lines of the palette, written out.
# shellcheck disable=SC2154

load common

# What linear mode says to these lines, behind the grid that it begins with.
told() {
	printf '%s\n' "$@" | "$program" -p | sed '1,/^A number opens/d'
}

@test "a command is written out, with or without a colon" {
	same "$(told 'compare iaas paas' | head -n 1)" 'IaaS -> PaaS, ten-layer diagram by Microsoft of 2026-01-12. 4 layers, 2 models.'
	same "$(told ':compare iaas paas' | head -n 1)" 'IaaS -> PaaS, ten-layer diagram by Microsoft of 2026-01-12. 4 layers, 2 models.'
	same "$(told ':lists' | head -n 1)" 'All kinds of entries.'
	same "$(told ':editions' | head -n 1)" "$(told matrices | head -n 1)"
	same "$(told ':pa' | head -n 1)" 'Commands and places.'
}

@test "a command that moves says where it led" {
	same "$(told ':down')" 'SaaS, Devices (mobile and PCs): Customer. Editions differ. Row 2 of 10.'
	same "$(told 'model paas' ':7')" 'PaaS, Information and data: Customer. Row 1 of 10.
PaaS, Operating system: Microsoft. Row 7 of 10.'
}

@test "what may mean several is a choice" {
	told ':vm' >"$tmp/out"
	same "$(sed -n '2s/:.*//p' "$tmp/out")" '1. Azure Virtual Machines'
	same "$(sed -n 3p "$tmp/out")" '2. IaaS: model of Azure Virtual Machines.'
	told ':vm' 2 | grep -q 'Link: azure:iaas\.'
	told ':model' 2 | grep -q '^2\. model paas'
	told ':' | grep -q ': Go to the column at the right\.'
	told ':model' up | tail -n 1 | grep -q '^Cells: '
}

@test "a link opens, a name that is none is said to be none" {
	told ':paas/os' | grep -q 'Link: azure:paas/os\.'
	told ':go os paas' | grep -q 'Link: azure:paas/os\.'
	told 'go paas/os' | grep -q 'Link: azure:paas/os\.'
	same "$(told ':qqqqq' grid | head -n 1)" 'No command and no place is called so.'
	told ':paas/nothing' | grep -q '^there is no paas/nothing'
	told 'nothing at all' | grep -q '^there is no nothing/at all'
}

@test "a name of a list is a list, whatever command has it too" {
	same "$(told 'services' | head -n 1)" 'Services.'
	told ':services' | head -n 1 | grep -q 'SaaS / Information and data'
}

@test "quit ends by any of its names" {
	for line in :q :quit ':q!' :exit; do
		same "$(told "$line" grid)" ''
	done
}

@test "without a place to go back to a choice is left behind" {
	same "$(told ':vm' 'paas/os' up | grep -c '^Commands and places')" 1
	same "$(told 'paas/os' ':vm' 'iaas/os' back | grep -c 'Link: azure:paas/os\.')" 2
}

@test "what a command asks for is told, and the next line is the answer" {
	export HOME=$tmp
	told 'stack vm aks' stack-keep 'a b' mine >"$tmp/out"
	same "$(sed -n '/^Keep as: /,$p' "$tmp/out" | uniq)" 'Keep as: an empty line leaves it.
a stack is kept under a name of at most 40 letters, digits, . _ and -.
Keep as: such as a b; an empty line leaves it.
kept as mine.'
	has "$(onus stack)" 'mine: vm+aks'
	told 'stack vm' stack-keep '' services >"$tmp/out"
	has "$(cat "$tmp/out")" 'Azure Key Vault'
	told 'compare iaas paas' ':write' "$tmp/x.md" | tail -n 1 >"$tmp/out"
	same "$(cat "$tmp/out")" "wrote $tmp/x.md."
	grep -q 'Operating system' "$tmp/x.md"
}

@test "a table without a sum under it ends with its last row" {
	nothing_like '^\.$' <(told 'compare iaas paas' 'compare azure azure-ai')
}
