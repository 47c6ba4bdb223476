#!/usr/bin/env bats
# onus diff: two models, two services, two matrices.
load common

# changes A B: layer from to, a line each.
changes() {
	onus diff -f csv "$@" | sed 1d
}

@test "from IaaS to PaaS four layers change, and to whom" {
	same "$(changes iaas paas)" "identity,,customer,shared
apps,,customer,shared
network,,customer,shared
os,,customer,microsoft"
	same "$(onus diff iaas paas -f json | sed 's/.*"same"://')" '6}'
}

@test "there and back are mirror images" {
	same "$(changes paas iaas | awk -F, -v OFS=, '{ print $1, $2, $4, $3 }')" "$(changes iaas paas)"
}

@test "a model does not differ from itself, and says so" {
	same "$(changes saas saas)" ""
	has "$(onus diff saas saas)" '0 layers differ, 10 are the same'
	run -0 onus diff -e saas saas
}

@test "--exit-code tells of a difference, and without it there is none to tell" {
	run -1 onus diff --exit-code iaas paas
	run -0 onus diff iaas paas
	run -0 onus diff -e paas service/app-service
}

@test "services are compared with their overrides, also with a model" {
	same "$(changes aks app-service)" os,,shared,microsoft
	has "$(onus diff aks app-service)" '1 layer differs, 9 are the same'
	same "$(changes aks paas)" os,,shared,microsoft
	same "$(changes vm iaas)" ""
}

@test "the old name of a service is said, and compared" {
	run -0 --separate-stderr onus diff service/azure-ad entra-id
	[[ $stderr == *'Azure Active Directory, now Microsoft Entra ID'* ]]
}

@test "what is done no longer, what is new and what stays is said, and it is all that is done" {
	local word
	onus diff iaas paas -f plain >"$tmp/out"
	for word in 'No longer:' 'New:'; do
		grep -qF "$word" "$tmp/out" || fail "no $word"
	done
	# Of the four layers each duty of both models is in the comparison, and those in both once.
	db "SELECT count(*) FROM (SELECT DISTINCT r.layer, d.slug FROM responsibility r
		JOIN matrix m ON m.id = r.matrix AND m.slug = 'azure' JOIN duty d ON d.entry = r.entry
		JOIN layer l ON l.matrix = r.matrix AND l.position = r.layer
		JOIN model o ON o.matrix = r.matrix AND o.position = r.model
		WHERE o.slug IN ('iaas', 'paas') AND l.slug IN ('identity', 'apps', 'network', 'os'))" >"$tmp/n"
	same "$(grep -cE ': (No longer|New|As before|Passes on):' "$tmp/out")" "$(cat "$tmp/n")"
}

@test "two matrices are matched by the layers that are the same, others stand alone" {
	changes azure azure-2026 >"$tmp/out"
	grep -qx 'devices,saas,customer,shared' "$tmp/out"
	grep -qx 'apps,saas,microsoft,shared' "$tmp/out"
	same "$(grep -c '^config,[a-z]*,,customer$' "$tmp/out")" 4
	same "$(grep -c '^identity,[a-z]*,[a-z]*,$' "$tmp/out")" 4
	same "$(wc -l <"$tmp/out")" 10
	same "$(onus diff azure azure-2026 -f json | sed 's/.*"same"://')" '34}'
}

@test "what differs between two matrices is listed model by model for readers too" {
	local f
	for f in text md plain; do
		onus diff -f "$f" azure azure-2026 >"$tmp/out"
		grep -q '10 cells differ, 34 are the same' "$tmp/out"
		same "$(grep -c -e '-\\\?> ' <(sed 1d "$tmp/out"))" 10
		grep -q 'Devices (mobile and PCs):.* Customer -\\\?> Shared' "$tmp/out"
	done
	same "$(onus diff azure azure-2026 | grep -A1 -x SaaS | tail -1)" \
		' > Devices (mobile and PCs): Customer -> Shared'
}

@test "a model that one of two matrices has not stands alone, and nothing is said of it but that" {
	run -0 --separate-stderr onus diff -f csv azure azure-ai
	[[ -z $stderr ]]
	[[ $output == *'data,onprem,customer,'* ]]
}

@test "matrices larger than what is read of them at once are compared cell by cell" {
	command -v python3 >/dev/null || skip 'python3 is not installed'
	command -v sqlite3 >/dev/null || skip 'sqlite3 is not installed'
	python3 "$srcdir/tests/fill.py" cells "$ONUS_DB" "$tmp/cells.db" 150
	sqlite3 "$tmp/cells.db" "CREATE TEMP TABLE b AS SELECT id FROM matrix WHERE slug = 'big-b';
		UPDATE model SET position = -1 - position WHERE matrix IN b;
		UPDATE model SET position = position + 150 WHERE matrix IN b;
		UPDATE responsibility SET model = -1 - model WHERE matrix IN b;
		UPDATE responsibility SET model = model + 150 WHERE matrix IN b;
		DELETE FROM responsibility WHERE matrix IN b AND model = 3 AND layer = 140"
	onus --db "$tmp/cells.db" diff -f csv big-a big-b | sed 1d >"$tmp/out"
	sqlite3 -csv "$tmp/cells.db" "SELECT l.slug, m.slug, h.slug, iif(r2.holder, h2.slug, '')
		FROM matrix a JOIN layer l ON l.matrix = a.id JOIN model m ON m.matrix = a.id
		JOIN responsibility r ON r.matrix = a.id AND r.layer = l.position AND r.model = m.position
		JOIN holder h ON h.id = r.holder
		JOIN layer_same s ON s.layer = l.id JOIN layer l2 ON l2.id = s.same
		JOIN model m2 ON m2.matrix = l2.matrix AND m2.slug = m.slug
		LEFT JOIN responsibility r2 ON r2.matrix = l2.matrix AND r2.layer = l2.position
			AND r2.model = m2.position
		LEFT JOIN holder h2 ON h2.id = r2.holder
		WHERE a.slug = 'big-a' AND r.holder IS NOT r2.holder ORDER BY m.position, l.position" |
		tr -d '\r"' >"$tmp/want"
	cmp "$tmp/out" "$tmp/want"
	grep -qx 'l0140,m0146,[a-z]*,' "$tmp/out"
}

@test "a layer that is the same as two of the other side stands with each of them, there and back" {
	same "$(changes azure azure-classic | grep -E '^(os|hosts|physnet|datacenter),')" \
'os,iaas,customer,shared
hosts,iaas,microsoft,shared'
	same "$(changes azure-classic azure | awk -F, -v OFS=, '{ print $1, $2, $4, $3 }' |
		sed 's/^endpoints,/devices,/' | sort)" \
		"$(changes azure azure-classic | sort)"
	has "$(onus diff azure-classic azure)" 'Host infrastructure / Physical hosts: Shared -> Microsoft'
	same "$(changes azure-classic:iaas azure:iaas)" $'network,,shared,customer\nos,,shared,customer\nhosts,,shared,microsoft'
	lacks "$(onus diff azure azure-classic)" 'no such layer'
}

@test "all pairs of matrices and models can be compared in every format, and nothing in it acts" {
	local f
	for f in text plain csv json md; do
		for pair in 'azure azure-classic' 'azure-ai azure' 'azure-2026:paas azure:paas' 'saas onprem' \
			'aks-automatic aks' 'sql-vm sql-database'; do
			# shellcheck disable=SC2086
			onus diff -f "$f" $pair >"$tmp/out"
			[[ -s $tmp/out ]]
			clean "$tmp/out"
		done
	done
}

@test "--all has every layer, and of one with the same holder the duties that differ" {
	same "$(changes -A iaas paas | cut -d, -f1)" "$(db "SELECT l.slug FROM layer l JOIN matrix m
		ON m.id = l.matrix AND m.slug = 'azure' ORDER BY l.position")"
	has "$(onus diff -A iaas paas)" 'Information and data: Customer, as before'
	same "$(onus diff -A iaas paas -f json | sed 's/.*"same"://')" '6}'
	run -0 onus diff -A -e saas saas
	same "$(changes -A azure azure-2026 | wc -l)" 44
}

@test "side by side in html and svg: the table has the holders of csv, and below it what happens" {
	onus diff iaas paas -f html >"$tmp/out"
	same "$(grep -o 'data-holder="[a-z-]*"' "$tmp/out" | cut -d'"' -f2 | paste -d, - -)" \
		"$(changes iaas paas | cut -d, -f3,4)"
	same "$(grep -c '<strong>No longer:' "$tmp/out")" "$(onus diff iaas paas -f md | grep -c 'No longer:')"
	has "$(onus diff azure azure-2026 -f svg)" '<title id="onus-title">Azure shared responsibility -'
	same "$(onus diff azure azure-2026 -f svg | grep -c 'no such layer</title>')" 8
}

@test "of a link with a section only that change is shown" {
	same "$(onus show 'iaas..paas#layer/os' | grep -c -- ' -> ')" 2
	run -3 onus show 'iaas..paas#layer/hosts'
}

@test "the Markdown is a list of tasks" {
	same "$(onus diff iaas paas -f md | grep '^- ' | grep -vc '^- \[ \] ')" 0
}

@test "what cannot be compared is refused in one sentence" {
	run -2 --separate-stderr onus diff paas azure
	[[ $stderr == *'cannot be compared; name two models or services, or two matrices'* ]]
	run -2 onus diff paas/os iaas/os
	run -2 onus diff paas
	run -2 onus diff paas saas iaas
	run -3 onus diff paas nonsense
}

@test "a matrix without a model of the other one is compared without a word of complaint" {
	local of
	for of in 'azure azure-ai' 'azure-ai azure' 'azure-classic azure-ai'; do
		# shellcheck disable=SC2086
		run -0 --separate-stderr onus diff $of
		same "$stderr" ''
	done
}
