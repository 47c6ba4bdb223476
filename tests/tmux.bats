#!/usr/bin/env bats
# The program in a real multiplexer, once: what tmux makes of its output and it of tmux's keys.

setup() {
	ONUS=$(realpath "${ONUS:-./onus}")
	ONUS_DB=$(realpath "${ONUS_DB:-db/onus.db}")
	export ONUS ONUS_DB LC_ALL=C.UTF-8
	unset TMUX
	socket=onus-$$-$BATS_TEST_NUMBER
}

teardown() {
	in_tmux kill-server 2>/dev/null || true
	rm -f "${TMUX_TMPDIR:-/tmp}/tmux-$(id -u)/$socket"
}

in_tmux() {
	tmux -L "$socket" -f /dev/null "$@"
}

screen() {
	in_tmux capture-pane -p -t onus
}

# Wait, five seconds at most, until a command says text.
wait_for() {
	local text=$1 i
	shift
	for ((i = 0; i < 250; i++)); do
		[[ $("$@") == *"$text"* ]] && return
		sleep 0.02
	done
	printf 'no "%s" in:\n%s\n' "$text" "$("$@")" >&2
	return 1
}

@test "in tmux the grid shows, a cell opens, and the end leaves the shell's screen" {
	in_tmux new-session -d -s onus -x 80 -y 24 \
		"printf 'before\n'; \"$ONUS\"; echo status \$?; read line"
	wait_for "SaaS, Information and data: Customer. Row 1 of 10." screen
	[[ $(screen) == *"Customer 23  Microsoft 13  Shared 4"* ]]
	[[ $(screen) == *"── Responsibility varies by type ──"* ]]
	[[ $(in_tmux display-message -p -t onus '#{alternate_on} #{cursor_x} #{cursor_y}') == "1 40 3" ]]

	in_tmux send-keys -t onus Down Down Right
	wait_for "PaaS, Accounts and identities: Customer. Editions differ. Row 3 of 10." screen
	in_tmux send-keys -t onus Enter
	wait_for "azure:paas/accounts" screen
	in_tmux send-keys -t onus End
	wait_for "100%" screen

	in_tmux resize-window -t onus -x 100 -y 30
	wait_for "azure:paas/accounts" screen
	# Back, or tmux 3.3a brings lines of any ncurses program to the shell's screen at its end
	in_tmux resize-window -t onus -x 80 -y 24
	in_tmux send-keys -t onus Escape
	wait_for "PaaS, Accounts and identities: Customer. Editions differ. Row 3 of 10." screen

	in_tmux send-keys -t onus Q
	wait_for "status 0" screen
	[[ $(screen) == $'before\nstatus 0'* ]]
	[[ $(in_tmux display-message -p -t onus '#{alternate_on} #{cursor_flag}') == "0 1" ]]
	in_tmux kill-server
	! in_tmux list-sessions
}
