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

@test "what if: the column is that of the other service, what moves is said, the numbers say what they were" {
	same "$(onus stack vm..app-service aks -f csv | cut -d, -f2,3)" "$(onus stack app-service aks -f csv |
		cut -d, -f2,3)"
	has "$(onus stack vm..app-service -f plain)" 'It was Customer with Azure Virtual Machines.'
	same "$(onus stack vm..app-service -f json | sed 's/.*"were"://; s/}$//')" \
		"$(onus stack vm -f json | sed 's/.*"duties"://; s/}$//')"
	same "$(onus stack vm..app-service -f json | sed 's/.*"duties":\({[^}]*}\).*/\1/')" \
		"$(onus stack app-service -f json | sed 's/.*"duties"://; s/}$//')"
	has "$(onus stack vm..app-service -f json)" '"was":"service/vm"'
	has "$(onus show stack/vm..app-service#moves)" 'Customer with Azure Virtual'
	run -3 onus stack vm..nonsense
}

@test "the rows behind the numbers: as many lines as duties, party by party, and layer by layer" {
	local party n
	for party in customer microsoft; do
		n=$(onus stack vm aks sql-database -f json | sed 's/.*"duties"://; s/}$//' |
			grep -o "\"$party\":[0-9]*" | cut -d: -f2)
		same "$(onus show "stack/vm+aks+sql-database#$party" -f md | grep -c '^- ')" "$n"
	done
	same "$(for layer in $(onus grid -f csv | sed 1d | cut -d, -f1); do
		onus show "stack/vm+aks/$layer" -f md; done | grep -cE '^- .*(Customer|Microsoft):..')" \
		"$(onus stack vm aks -f json | sed 's/.*"duties"://' | grep -o '[0-9]*' | awk '{ n += $1 } END { print n }')"
	run -3 --separate-stderr onus show stack/vm/nonsense
	[[ $stderr == *'stack/vm has no layer nonsense'* ]]
	run -3 onus show stack/
	run -3 onus show stack/paas
	has "$(onus show stack/azure-ad 2>&1)" 'now Microsoft Entra ID'
}

@test "only what is ours: the other cells are empty in csv" {
	same "$(onus stack vm app-service -f csv -k ours | grep -E '^(os|hosts),')" \
'os,customer,,"Customer 1, Microsoft 1"
hosts,,,Microsoft 2'
	same "$(onus grid -f csv -k shared | tr ',' '\n' | grep -c '^shared$')" 4
	same "$(onus grid -f csv -k customer | tr ',' '\n' | grep -c '^customer$')" 23
	same "$(onus grid -f csv -k varies | grep -c ',,,,$')" 6
	same "$(onus grid -f csv -k service/aks | sed 1d | cut -d, -f3 | grep -c .)" 10
	same "$(onus grid -f csv -k control/mcsb-v1/PV-6 | sed 1d | tr ',' '\n' | grep -cE '^(customer|shared)$')" \
		"$(onus show 'control/mcsb-v1/PV-6#cells' -f json | grep -o '"link":"azure:[^"]*"' | wc -l)"
	run -3 onus grid -k nonsense
	run -3 onus grid -k term/rpo
}

@test "a stack is kept under a name, found by it, listed, and forgotten" {
	export HOME=$tmp/home
	mkdir "$HOME"
	run -2 onus stack
	run -3 --separate-stderr onus stack @web
	[[ $stderr == *'no stack is kept as web'* ]]
	[[ ! -e $HOME/.local ]]
	same "$(onus stack -s web vm app-service -f csv)" "$(onus stack vm app-service -f csv)"
	same "$(onus stack @web aks -f csv)" "$(onus stack vm app-service aks -f csv)"
	same "$(onus show stack/@web/os)" "$(onus show stack/vm+app-service/os)"
	onus stack -s db.1 @web sql-database >"$tmp/out"
	has "$(onus stack)" 'web: vm+app-service'
	has "$(onus stack -f json)" '"stacks":[{"link":"stack/vm+app-service+sql-database","title":"db.1: vm'
	run -2 --separate-stderr onus stack -s 'a b' vm
	[[ $stderr == *'at most 40 letters, digits'* ]]
	run -2 onus stack -s x
	run -2 onus stack -X web vm
	run -3 --separate-stderr onus stack @nix
	[[ $stderr == *'no stack is kept as nix; there are db.1, web'* ]]
	run -0 onus stack -X web
	run -3 onus stack -X web
	run -3 onus stack @web
	has "$(printf 'stack @db.1\nquit\n' | timeout 20 "$program" --plain)" 'Azure SQL Database: Microsoft'
}

@test "services of two matrices are no stack, also not as what if" {
	onus pack new "$tmp/house" >"$tmp/out"
	sed -i -e 's/^model: .*/model: azure-2026:paas/' -e '/^overrides:/,/^see:/{/^see:/!d}' \
		"$tmp/house/service/house-portal.md"
	onus pack build "$pack" "$tmp/house" -o "$tmp/house.db"
	for services in 'vm house-portal' vm..house-portal house-portal..vm; do
		# shellcheck disable=SC2086
		run -2 --separate-stderr onus -d "$tmp/house.db" stack $services
		[[ $stderr == *'a stack has services of one matrix' ]]
	done
	has "$(onus -d "$tmp/house.db" stack house-portal -f csv)" layer,house-portal,together
}

@test "one service is one service" {
	has "$(onus stack vm -f plain)" '10 layers, 1 service.'
	has "$(onus stack vm -f svg)" '10 layers as rows, 1 service as columns.'
	has "$(onus stack vm aks -f plain)" '10 layers, 2 services.'
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

@test "a service that is missing among others is said, and none behind it is left out" {
	run -2 --separate-stderr onus stack vm '' aks
	[[ $stderr == *'service/ is no service'* ]]
	local link
	for link in stack/vm++aks stack/+vm stack/vm+ stack/vm.. stack/..vm stack/vm+/os 'stack/#vm'; do
		run -3 --separate-stderr onus show "$link"
		[[ $stderr == *'a service is missing behind stack/'* ]] || fail "$link: $stderr"
	done
}

@test "a thousand services are a stack, and more are refused at once, also where somebody else has kept them" {
	command -v sqlite3 >/dev/null || skip "sqlite3 is not installed"
	local many
	many=$(printf '+vm%.0s' {1..1000})
	same "$(onus show "stack/${many:1}" -f plain | grep -c 'Your stack')" 1
	run -2 --separate-stderr onus show "stack/vm$many"
	[[ $stderr == *'a stack has at most 1000 services'* ]]
	export HOME=$tmp
	onus stack -s many vm >"$tmp/out"
	sqlite3 "$HOME/.local/share/onus/user.db" "UPDATE kept SET text = 'stack/vm' ||
		replace(hex(zeroblob(100000)), '00', '+vm')"
	run -2 --separate-stderr timeout 5 "$program" stack @many
	[[ $stderr == *'a stack has at most 1000 services'* ]]
	has "$(printf '%s\n' 'stack @many' quit | timeout 5 "$program" --plain)" 'a stack has at most 1000 services'
}

# assistant DIR: a pack with a service that falls in another matrix than all that are shipped.
assistant() {
	mkdir -p "$1/service"
	printf '%s\n' 'id: house' 'title: Ours' 'version: "1"' 'language: en' 'licence: ours' 'attribution: us' \
		>"$1/pack.yaml"
	printf '%s\n' '- id: s1' '  title: A source' '  publisher: Us' '  date: 2026-01' '  url: https://example.org' \
		>"$1/sources.yaml"
	printf '%s\n' --- 'title: Assistant' 'summary: It answers.' 'model: azure-ai:paas' 'access: none' \
		'sources: [s1]' --- 'It answers.' >"$1/service/assistant.md"
}

@test "a service of another matrix does not go with the others, which stay" {
	local out n falls='service/assistant is of the matrix azure-ai, the first service of azure;'
	assistant "$tmp/house"
	onus pack build "$pack" "$tmp/house" -o "$tmp/house.db"
	export ONUS_DB=$tmp/house.db HOME=$tmp
	run -2 --separate-stderr onus stack vm assistant
	[[ $stderr == *"$falls"* ]]
	run -2 --separate-stderr onus stack vm..assistant
	[[ $stderr == *"$falls"* ]]
	out=$(printf '%s\n' 'stack vm' back service/assistant add-to-stack grid stack quit | "$program" --plain)
	has "$out" "$falls"
	has "$(tail -n 12 <<<"$out")" 'Azure Virtual Machines: Customer'
	n=$(printf '%s\n' 'stack vm' right stack-swap quit | "$program" --plain | sed -n 's/^\([0-9]*\)\. Assistant\..*/\1/p')
	has "$(printf '%s\n' 'stack vm' right stack-swap "$n" quit | "$program" --plain | tail -n 1)" \
		"$falls"
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
