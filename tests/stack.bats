#!/usr/bin/env bats
# onus stack: the services that somebody uses, side by side.
load common

@test "of a machine, a web application and a database the customer patches one, Microsoft two" {
	same "$(onus stack vm app-service sql-database -f csv | grep ^os,)" \
		'os,customer,microsoft,microsoft,"Customer 1, Microsoft 2"'
	same "$(onus stack vm app-service sql-database -f json |
		sed 's/.*"id":"os"//; s/.*"counts":\({[^}]*}\)},{"id":"hosts".*/\1/')" '{"customer":1,"microsoft":2}'
}

@test "in AKS the operating system is shared, marked and explained" {
	has "$(onus stack aks -f json)" '"aks":{"holder":"shared","override":true,"reason":"The nodes carry'
	has "$(onus stack aks)" 'Operating system                      Shared   *  Shared 1'
	has "$(onus stack aks -f plain)" 'Azure Kubernetes Service (AKS Standard), Operating system: The nodes carry'
}

@test "each column is that of the service's own page" {
	local id
	for id in $(db "SELECT substr(link, 9) FROM entry WHERE kind = 'service'"); do
		onus stack "$id" -f csv | sed 1d | cut -d, -f2 >"$tmp/got"
		db "SELECT (SELECT slug FROM holder h WHERE h.id = coalesce(o.holder, r.holder))
			FROM service s JOIN entry e ON e.id = s.id JOIN model m ON m.id = s.model
			JOIN responsibility r ON r.matrix = m.matrix AND r.model = m.position
			LEFT JOIN override o ON o.service = s.id AND o.cell = r.entry
			WHERE e.link = 'service/$id' ORDER BY r.layer" >"$tmp/want"
		diff "$tmp/want" "$tmp/got" || fail "$id"
	done
}

@test "the duties are those of the cells, but for what a service changes" {
	same "$(onus stack vm -f json | sed 's/.*"duties"://; s/}$//')" "$(db "
		SELECT json_group_object(slug, n) FROM (SELECT h.slug, count(*) AS n FROM service s
		JOIN entry e ON e.id = s.id AND e.link = 'service/vm' JOIN model m ON m.id = s.model
		JOIN responsibility r ON r.matrix = m.matrix AND r.model = m.position
		JOIN duty d ON d.entry = r.entry JOIN holder h ON h.id = d.party
		WHERE NOT EXISTS (SELECT 1 FROM override o WHERE o.service = s.id) GROUP BY h.id)")"
	same "$(onus stack aks aks -f json | sed 's/.*"duties"://')" \
		"$(onus stack aks -f json | sed 's/.*"duties"://' | awk -F'[:,}]' '{
			print $1 ":" 2 * $2 "," $3 ":" 2 * $4 "}}" }')"
}

@test "third parties keep their own name" {
	has "$(onus stack aro vm -f csv | grep ^os,)" 'os,red-hat,customer,"Customer 1, Red Hat 1"'
}

@test "links, ids and old names are services, and what is none is refused" {
	same "$(onus stack service/vm -f csv)" "$(onus stack vm -f csv)"
	run -0 --separate-stderr onus stack azure-ad -f csv
	[[ $stderr == *'now Microsoft Entra ID'* ]]
	has "$output" layer,entra-id,together
	run -3 onus stack nonsense
	run -2 --separate-stderr onus stack paas/os
	[[ $stderr == *'azure:paas/os is no service; onus show services lists them'* ]]
	run -2 onus stack
}

@test "all services together, in every format, and nothing in it acts" {
	local f
	for f in text plain csv json md; do
		# shellcheck disable=SC2046
		onus stack -f "$f" $(db "SELECT link FROM entry WHERE kind = 'service'") >"$tmp/out"
		clean "$tmp/out"
		[[ -s $tmp/out ]]
	done
}
