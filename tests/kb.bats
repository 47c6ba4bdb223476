#!/usr/bin/env bats
# What the shipped database knows: the counts that are promised, every link, old names and what ends, the
# benchmark's controls; and packs of others laid over it.
# shellcheck disable=SC2016,SC2154

load common

# at_least N SQL: the first value of a query.
at_least() {
	local n
	n=$(db "$2")
	((n >= $1)) || fail "$n, not $1 or more: $2"
}

# The links of all entries, in $links.
all_links() {
	mapfile -t links < <(db 'SELECT link FROM entry ORDER BY id')
	((${#links[@]} > 500)) || fail "only ${#links[@]} links"
}

# The link of each line of JSON on stdin, each line read strictly.
json_links() {
	if command -v python3 >/dev/null; then
		python3 -c '
import json, sys
def pairs(p):
    assert len(dict(p)) == len(p), "a key stands there twice: %s" % [k for k, v in p]
    return dict(p)
def constant(c):
    raise ValueError(c)
for line in sys.stdin.buffer:
    print(json.loads(line.decode(), object_pairs_hook=pairs, parse_constant=constant)["link"])'
	elif command -v jq >/dev/null; then
		jq -er .link
	else
		cat >"$tmp/lines" && rows "$tmp/lines" "SELECT value ->> '\$.link' FROM f, json_each(j)"
	fi
}

# rows FILE SQL: what SQL selects, from f, of which j is an array of the lines of a file of JSON.
rows() {
	sqlite3 -batch :memory: "CREATE TABLE f AS
		SELECT '[' || replace(rtrim(CAST(readfile('$1') AS TEXT), char(10)), char(10), ',') ||
			']' AS j;
		$2"
}

# at DAY ARGUMENT... : the program on that day.
at() {
	local epoch
	epoch=$(sqlite3 -batch :memory: "SELECT strftime('%s', '$1')")
	shift
	SOURCE_DATE_EPOCH=$epoch onus "$@"
}

# ---- what is promised ----

@test "a service is found by its id, before all others" {
	local id
	for id in vm aks sql-vm app-service entra-id; do
		same "$(onus search "$id" -f csv | sed -n 2p | cut -d, -f1)" "service/$id"
	done
}

@test "the services that are promised are there" {
	local id
	for id in vm vmss disk-storage vnet aks aks-automatic app-service app-service-environment functions \
		container-apps container-instances aro batch cloud-services sql-database \
		sql-managed-instance sql-vm cosmos-db postgresql mysql storage key-vault managed-hsm \
		dedicated-hsm entra-id entra-domain-services microsoft-365 dynamics-365 power-platform power-bi \
		azure-openai machine-learning avs avd logic-apps api-management databricks synapse arc-servers; do
		same "$id $(db "SELECT count(*) FROM service s JOIN entry e ON e.id = s.id
			WHERE e.link = 'service/$id'")" "$id 1"
	done
	at_least 38 'SELECT count(*) FROM service'
}

@test "every service is told in sentences, with sources, in the column of the ten-layer diagram" {
	same "$(db "SELECT e.link FROM service s JOIN entry e ON e.id = s.id
		WHERE NOT EXISTS (SELECT 1 FROM prose WHERE entry = s.id)
		OR NOT EXISTS (SELECT 1 FROM citation WHERE entry = s.id)
		OR s.model NOT IN (SELECT m.id FROM model m JOIN matrix x ON x.id = m.matrix
			WHERE x.slug = 'azure')")" ''
}

@test "there are 30 examples: the 7 incidents, and 23 scenarios" {
	at_least 30 'SELECT count(*) FROM example'
	same "$(db "SELECT count(*) FROM example WHERE type = 'incident'")" 7
	at_least 23 "SELECT count(*) FROM example WHERE type = 'scenario'"
	same "$(db "SELECT e.link FROM example x JOIN entry e ON e.id = x.id WHERE x.lesson = ''
		OR x.type = 'incident' AND x.date = '' OR NOT EXISTS
		(SELECT 1 FROM link l JOIN responsibility r ON r.entry = l.target WHERE l.entry = x.id)")" ''
}

@test "there are 36 practices, each with steps and a cell" {
	at_least 36 "SELECT count(*) FROM entry WHERE kind = 'practice'"
	same "$(db "SELECT e.link FROM entry e WHERE e.kind = 'practice' AND (NOT EXISTS
		(SELECT 1 FROM step WHERE entry = e.id) OR NOT EXISTS
		(SELECT 1 FROM link l JOIN responsibility r ON r.entry = l.target WHERE l.entry = e.id))")" ''
}

@test "there are 13 misconceptions, each of a cell" {
	at_least 13 "SELECT count(*) FROM entry WHERE kind = 'misconception'"
	same "$(db "SELECT e.link FROM entry e WHERE e.kind = 'misconception' AND NOT EXISTS
		(SELECT 1 FROM link l JOIN responsibility r ON r.entry = l.target WHERE l.entry = e.id)")" ''
}

@test "there are 30 terms, 25 old names and 20 sources" {
	at_least 30 "SELECT count(*) FROM entry WHERE kind = 'term' AND summary <> ''"
	at_least 25 "SELECT count(*) FROM alias"
	at_least 20 "SELECT count(*) FROM source WHERE slug <> 'ours'"
}

@test "every fact names its source" {
	same "$(db "SELECT link FROM entry WHERE kind NOT IN ('source', 'control')
		AND id NOT IN (SELECT entry FROM citation)
		AND id NOT IN (SELECT entry FROM responsibility
			WHERE entry NOT IN (SELECT entry FROM duty))")" ''
}

# ---- every link ----

@test "every link opens as JSON, each page a line that a strict reader takes" {
	all_links
	onus show -f json "${links[@]}" >"$tmp/out"
	json_links <"$tmp/out" >"$tmp/got"
	printf '%s\n' "${links[@]}" | diff - "$tmp/got"
}

@test "every link opens as Markdown, with the link below its title" {
	all_links
	onus show -f md "${links[@]}" >"$tmp/out"
	clean "$tmp/out"
	awk '/^# / { getline; getline; print }' "$tmp/out" >"$tmp/got"
	printf '`%s`\n' "${links[@]}" | diff - "$tmp/got"
}

@test "every link opens as text, in lines of at most 78 columns but for titles" {
	all_links
	onus show "${links[@]}" >"$tmp/out"
	clean "$tmp/out"
	# A page begins after a blank line with its title, its kind or holder in capitals, and its link, which
	# stands in the next line where there is no room.
	awk 'BEGIN { blank = 1 }
		title && /^[^ ]+[:\/][^ ]+$/ { print; title = 0; next }
		{ title = 0 }
		blank && /: [A-Z\/ ]+   [^ ]+$/ && length <= 78 { print $NF; blank = 0; next }
		blank && /: [A-Z\/ ]+$/ { title = 1; blank = 0; next }
		length > 78 { print "too long:", $0 }
		{ blank = $0 == "" }' "$tmp/out" >"$tmp/got"
	printf '%s\n' "${links[@]}" | diff - "$tmp/got"
}

@test "all that a page names can be opened, and what one page names of another is named there too" {
	all_links
	onus show -f json "${links[@]}" >"$tmp/out"
	rows "$tmp/out" "SELECT DISTINCT value FROM f, json_tree(j)
		WHERE key = 'link' AND type = 'text' ORDER BY value" >"$tmp/named"
	db 'SELECT link FROM entry ORDER BY link' | diff - "$tmp/named"
	same "$(db 'SELECT count(*) FROM link a WHERE NOT EXISTS
		(SELECT 1 FROM link b WHERE b.entry = a.target AND b.target = a.entry)')" 0
}

# ---- lists ----

@test "the index counts each kind, and names the list of each" {
	onus show index -f json >"$tmp/out"
	rows "$tmp/out" "WITH s AS (SELECT value ->> '\$.link' AS link, value ->> '\$.title' AS title
			FROM f, json_each(j, '\$[0].sections.index'))
		SELECT link || ' ' || substr(title, instr(title, ': ') + 2) FROM s" | sort >"$tmp/said"
	db "SELECT kind || '/ ' || count(*) FROM entry GROUP BY kind" | sort | diff - "$tmp/said"
	has "$(onus show index)" " > Services: $(db 'SELECT count(*) FROM service')"
}

# said KIND... : "KIND/ LINK" for each link of the lists of kinds, as the JSON of the program has it.
said() {
	onus show -f json "${@/%//}" >"$tmp/lists"
	rows "$tmp/lists" "SELECT p.value ->> '\$.link' || ' ' || (l.value ->> '\$.link')
		FROM f, json_each(j) p, json_each(p.value, '\$.sections') s, json_each(s.value) l
		ORDER BY p.key, l.key"
}

@test "the list of a kind has all its entries in order, by the name of one or of many" {
	local kind
	mapfile -t kinds < <(db "SELECT DISTINCT kind FROM entry WHERE kind <> 'cell' ORDER BY kind")
	said "${kinds[@]}" >"$tmp/said"
	db "SELECT kind || '/ ' || link FROM entry WHERE kind <> 'cell' ORDER BY kind, id" |
		diff - "$tmp/said"
	for kind in services examples practices misconceptions topics terms aliases sources controls; do
		onus show "$kind" -f json >"$tmp/many"
		grep -qxFf "$tmp/many" "$tmp/lists" || fail "$kind is another list"
	done
	same "$(onus show services)" "$(onus show service/)"
	has "$(onus show services)" ' > Azure Kubernetes Service'
}

@test "the list of cells is a list like the others, not a cell" {
	said cell >"$tmp/said"
	db "SELECT 'cell/ ' || link FROM entry WHERE kind = 'cell' ORDER BY id" >"$tmp/want"
	diff "$tmp/want" "$tmp/said" >"$tmp/diff" ||
		fail "$(head -n 3 "$tmp/diff")"
	lacks "$(onus show cells | head -n 1)" '?'
}

# ---- old names ----

# Old name | words of its present name | date, as far as it is known | what service/ID opens.
old_names() {
	cat <<-'END'
	Azure Active Directory|Microsoft Entra ID|2023-08-15|service/entra-id
	Azure AD|Microsoft Entra ID|2023-08-15|service/entra-id
	AAD|Microsoft Entra ID|2023-08-15|service/entra-id
	Azure AD Premium P1|Microsoft Entra ID P1|2023-10-01|service/entra-id
	Azure AD Premium P2|P2|2023-10-01|service/entra-id
	Azure AD Conditional Access|Microsoft Entra Conditional Access|2023|
	Azure AD SSO|Microsoft Entra single sign-on|2023|service/entra-id
	Azure AD Domain Services|Microsoft Entra Domain Services|2023|service/entra-domain-services
	Active Directory|Active Directory||
	AD DS|Active Directory Domain Services||
	AD FS|Active Directory Federation Services||
	Azure AD B2C|Azure AD B2C||
	MSAL|Microsoft Authentication Library||
	Office 365|Microsoft 365|2022|service/microsoft-365
	Azure Security Center|Microsoft Defender for Cloud|2021-11|
	Azure Defender|Microsoft Defender for Cloud|2021-11|
	Azure Sentinel|Microsoft Sentinel|2021-11|
	Azure Purview|Microsoft Purview|2022|
	Microsoft 365 compliance|Microsoft Purview|2022|
	Azure Information Protection|Microsoft Purview Information Protection|2022|
	Microsoft Cloud App Security|Microsoft Defender for Cloud Apps|2021|
	Windows Virtual Desktop|Azure Virtual Desktop|2021|service/avd
	Azure Policy Guest Configuration|Azure machine configuration||
	Automanage Machine Configuration|Azure machine configuration||
	Azure Security Benchmark|Microsoft cloud security benchmark|2022|
	Azure Disk Encryption|encryption at host|2028-09-15|
	Automation Update Management|Azure Update Manager|2024-08-31|
	Log Analytics agent|Azure Monitor Agent|2024-08-31|
	MMA|Azure Monitor Agent|2024-08-31|
	NSG flow logs|virtual network flow logs|2027-09-30|
	Default outbound access|NAT gateway|2026-03-31|
	Azure Dedicated HSM|Managed HSM|2028-07-31|service/managed-hsm
	kubenet|Azure CNI Overlay|2028-03-31|service/aks
	App Service Environment v2|App Service Environment v3|2024-08-31|service/app-service-environment
	Adaptive application controls|Microsoft Defender for Cloud|2024|
	Azure OpenAI Service|Microsoft Foundry|2025|service/azure-openai
	Azure AI services|Foundry Tools|2025|
	END
}

@test "an old name has one page, which says the present name and the date" {
	local old now date link page
	while IFS='|' read -r old now date _; do
		link=$(db "SELECT e.link FROM alias a JOIN entry e ON e.id = a.id
			WHERE instr(', ' || a.old || ', ' || a.also || ', ', ', $old, ')")
		matches "$old: $link" ': alias/[a-z0-9-]+$'
		page=$(onus show -f plain "$link" 2>&1)
		matches "$page" "Link: $link\\."
		has "$(grep '^Now: ' <<<"$page")" "$now"
		[[ -z $date ]] || has "$page" $'\n'"Date: $date"
		[[ -n $date ]] || lacks "$page" $'\nDate: '
		onus search "$old" >"$tmp/found"
		grep -qE "^$link  " "$tmp/found" || fail "a search for $old does not find $link"
	done < <(old_names)
}

@test "the id of an old name as a service opens the present one, and standard error says so" {
	local old now date to id
	while IFS='|' read -r old now date to; do
		id=$(db "SELECT substr(e.link, 7) FROM alias a JOIN entry e ON e.id = a.id
			WHERE instr(', ' || a.old || ', ' || a.also || ', ', ', $old, ')")
		run --separate-stderr onus show -f plain "service/$id"
		same "$status" 0
		has "${lines[0]}" "Link: ${to:-alias/$id}."
		same "${#stderr_lines[@]}" 1
		has "$stderr" "$(db "SELECT old FROM alias a JOIN entry e ON e.id = a.id
			WHERE e.link = 'alias/$id'")"
		has "$stderr" "$date"
		run --separate-stderr onus show -f plain "alias/$id"
		same "$stderr" ''
	done < <(old_names)
}

@test "so it is with each old name of the database, under whatever kind it is asked for" {
	local kind sql='FROM alias a JOIN entry e ON e.id = a.id LEFT JOIN entry t ON t.id = a.target
		ORDER BY a.id'
	mapfile -t ids < <(db "SELECT substr(e.link, 7) $sql")
	for kind in service practice topic; do
		onus show -f json "${ids[@]/#/$kind/}" >"$tmp/out" 2>"$tmp/err"
		json_links <"$tmp/out" >"$tmp/got"
		db "SELECT coalesce(t.link, e.link) $sql" | diff - "$tmp/got"
		clean "$tmp/err"
		db "SELECT old $sql" >"$tmp/old"
		same "$(paste -d '|' "$tmp/old" "$tmp/err" | awk -F '|' 'index($2, $1 ",") != 1')" ''
	done
}

# ---- what ends ----

# warns DAY LINK WORDS
warns() {
	at "$1" show -f plain "$2" >"$tmp/warns"
	grep -qxF "$3." "$tmp/warns" || fail "on $1 $2 does not say: $3" "$(head -n 8 "$tmp/warns")"
}

@test "what retires warns a year before, and after its day says that it is gone" {
	warns 2027-09-14 alias/azure-disk-encryption 'Retires: 2028-09-15'
	warns 2027-09-15 alias/azure-disk-encryption 'Retires soon: 2028-09-15'
	warns 2028-09-15 alias/azure-disk-encryption 'Retires soon: 2028-09-15'
	warns 2028-09-16 alias/azure-disk-encryption 'Retired: 2028-09-15'
	warns 2027-07-30 service/dedicated-hsm 'Retires: 2028-07-31'
	warns 2028-07-31 service/dedicated-hsm 'Retires soon: 2028-07-31'
	warns 2028-08-01 service/dedicated-hsm 'Retired: 2028-07-31'
}

@test "a month ends with its last day" {
	warns 2024-08-31 alias/adaptive-application-controls 'Retires soon: 2024-08'
	warns 2024-09-01 alias/adaptive-application-controls 'Retired: 2024-08'
}

@test "who names what retires warns too, in each format" {
	local f
	for f in text md json plain; do
		at 2028-01-01 show -f "$f" service/vm >"$tmp/out"
		grep -qE 'Retires soon(\*\*)?: Azure Disk Encryption, 2028-09-15' "$tmp/out" ||
			fail "$f does not"
	done
	warns 2020-01-01 service/aks 'Retires: kubenet, 2028-03-31'
	warns 2028-04-01 service/aks 'Retired: kubenet, 2028-03-31'
	warns 2028-09-16 example/disk-encryption-not-migrated 'Retired: Azure Disk Encryption, 2028-09-15'
}

@test "on any day, the pages about products warn of just what the database says, and no other pages" {
	local day
	all_links
	for day in 2024-08-31 2026-11-22 2027-09-30 2028-04-01 2040-01-01; do
		at "$day" show -f plain "${links[@]}" | grep -E '^(Retires|Retires soon|Retired): ' |
			LC_ALL=C sort >"$tmp/said"
		db "WITH ends(name, day) AS (
			SELECT a.old || ', ', a.date FROM link l JOIN entry e ON e.id = l.entry
				JOIN alias a ON a.id = l.target
				WHERE a.kind = 'retirement' AND a.date <> '' AND e.kind IN
					('service', 'example', 'practice', 'misconception', 'topic', 'alias')
				AND a.date NOT IN (SELECT retires FROM service s WHERE s.id = e.id)
			UNION ALL SELECT '', date FROM alias WHERE kind = 'retirement' AND date <> ''
			UNION ALL SELECT '', retires FROM service WHERE retires <> ''),
		    last(name, day, last) AS (
			SELECT name, day, day || substr('9999-12-31', length(day) + 1) FROM ends)
		    SELECT CASE WHEN last < '$day' THEN 'Retired'
			WHEN last <= date('$day', '+1 year') THEN 'Retires soon'
			ELSE 'Retires' END || ': ' || name || day || '.' FROM last" |
			LC_ALL=C sort >"$tmp/counted"
		diff "$tmp/counted" "$tmp/said"
		[[ -s $tmp/said ]]
	done
}

@test "a source says so when it is more than a year old" {
	local entry title date last
	for length in 4 7 10; do
		# The last day that a date can mean, a year later; no source of a 29 February.
		IFS='|' read -r entry title date last < <(db "SELECT e.link, t.title, s.date,
				CASE $length WHEN 4 THEN date(s.date || '-12-31', '+1 year')
				WHEN 7 THEN date(s.date || '-01', '+1 month', '-1 day', '+1 year')
				ELSE date(s.date, '+1 year') END
			FROM source s JOIN entry t ON t.id = s.id JOIN citation c ON c.source = s.id
			JOIN entry e ON e.id = c.entry
			WHERE length(s.date) = $length AND s.date NOT LIKE '____-02%'
			ORDER BY s.id, e.id LIMIT 1")
		[[ -n $entry ]] || fail "no source with a date of $length characters"
		lacks "$(at "$last" show -f plain "$entry" | grep -F ": $title, ")" 'over a year old'
		at "$(db "SELECT date('$last', '+1 day')")" show -f plain "$entry" >"$tmp/out"
		has "$(grep -F ": $title, " "$tmp/out")" ", $date (over a year old)"
	done
}

@test "a source without a date is never old, and any with one is in the end" {
	local entry title
	all_links
	at 2099-01-01 show -f plain "${links[@]}" | grep -E '^Source, [0-9]+: ' | sort -u >"$tmp/sources"
	same "$(grep -E ', [0-9]{4}(-[0-9]{2}){0,2}(, https:.*)?\.$' "$tmp/sources")" ''
	IFS='|' read -r entry title < <(db "SELECT e.link, t.title FROM source s JOIN entry t ON t.id = s.id
		JOIN citation c ON c.source = s.id JOIN entry e ON e.id = c.entry WHERE s.date = '' LIMIT 1")
	lacks "$(at 2099-01-01 show -f plain "$entry" | grep -F ": $title, ")" 'over a year old'
}

# ---- services and their overrides ----

@test "in AKS the operating system is shared, with duties of both, unlike its column" {
	onus show service/aks >"$tmp/out"
	grep -qxF ' > Operating system: Shared*' "$tmp/out"
	sed -n '/^Operating system: Shared$/,/^$/p' "$tmp/out" >"$tmp/os"
	grep -q '^ - Customer applies new node images' "$tmp/os"
	grep -q '^ - Microsoft publishes patched node images' "$tmp/os"
	onus show azure:paas/os -f json >"$tmp/out"
	same "$(json "$tmp/out" "j ->> '$.holder'")" microsoft
	same "$(rows "$tmp/out" "SELECT value ->> '$.holder' || (length(value ->> '$.reason') > 20)
		FROM f, json_each(j, '\$[0].services')
		WHERE value ->> '$.link' = 'service/aks'")" shared1
}

@test "each cell names all services that leave it, with their holder and the reason" {
	mapfile -t cells < <(db 'SELECT DISTINCT e.link FROM override o JOIN entry e ON e.id = o.cell')
	onus show -f json "${cells[@]}" >"$tmp/out"
	rows "$tmp/out" "SELECT c.value ->> '\$.link', s.value ->> '\$.link', s.value ->> '\$.holder',
			s.value ->> '\$.reason'
		FROM f, json_each(j) c, json_each(c.value, '\$.services') s
		WHERE s.value ->> '\$.holder' IS NOT NULL" | sort >"$tmp/said"
	db "SELECT c.link, s.link, h.slug, o.reason FROM override o JOIN entry c ON c.id = o.cell
		JOIN entry s ON s.id = o.service JOIN holder h ON h.id = o.holder" | sort >"$tmp/counted"
	diff "$tmp/counted" "$tmp/said"
	same "$(db 'SELECT count(*) FROM override')" "$(wc -l <"$tmp/said")"
}

# ---- the benchmark ----

# The crosswalk of MCSB v1: a line a pair, "PV-6 cis-v8/7.2".
crosswalk() {
	db "SELECT substr(a.link, 17) || ' ' || substr(b.link, 9)
		FROM crosswalk c JOIN entry a ON a.id = c.control JOIN entry b ON b.id = c.same
		WHERE a.link LIKE 'control/mcsb-v1/%'" | LC_ALL=C sort
}

@test "all 86 controls of MCSB v1 are there, in twelve domains, with no gap in their numbers" {
	same "$(db "SELECT group_concat(d || ' ' || n, ', ') FROM (
		SELECT substr(e.link, 17, 2) AS d, count(*) AS n, count(DISTINCT c.domain) AS domains,
			max(CAST(substr(e.link, 20) AS INTEGER)) AS last
		FROM control c JOIN entry e ON e.id = c.id WHERE e.link LIKE 'control/mcsb-v1/%'
		GROUP BY 1 HAVING last = n AND domains = 1 ORDER BY 1)")" \
		'AM 5, BR 4, DP 8, DS 7, ES 3, GS 11, IM 9, IR 7, LT 7, NS 10, PA 8, PV 7'
	same "$(db "SELECT count(DISTINCT domain) FROM control WHERE domain <> ''")" 12
}

@test "the crosswalk of some controls is as published" {
	crosswalk >"$tmp/got"
	row() {
		same "$1 $(sed -n "s/^$1 //p" "$tmp/got" | sort -V | xargs)" "$*"
	}
	row PV-6 cis-v8/7.2 cis-v8/7.3 cis-v8/7.4 cis-v8/7.7 nist-800-53-r4/RA-3 nist-800-53-r4/RA-5 \
		nist-800-53-r4/SI-2 pci-dss-3-2-1/6.1 pci-dss-3-2-1/6.2 pci-dss-3-2-1/6.5 pci-dss-3-2-1/11.2
	row NS-1 cis-v8/3.12 cis-v8/4.4 cis-v8/13.4 nist-800-53-r4/AC-4 nist-800-53-r4/SC-2 \
		nist-800-53-r4/SC-7 pci-dss-3-2-1/1.1 pci-dss-3-2-1/1.2 pci-dss-3-2-1/1.3
	row NS-10 cis-v8/4.9 cis-v8/9.2 nist-800-53-r4/SC-20 nist-800-53-r4/SC-21
	row PV-7 cis-v8/18.1 cis-v8/18.2 cis-v8/18.3 cis-v8/18.4 cis-v8/18.5 nist-800-53-r4/CA-8 \
		nist-800-53-r4/RA-5 pci-dss-3-2-1/6.6 pci-dss-3-2-1/11.2 pci-dss-3-2-1/11.3
}

@test "the crosswalk is that of the published table" {
	[[ -n ${ONUS_MCSB_TSV-} ]] || skip 'ONUS_MCSB_TSV names no table to compare with'
	tr -d '\r' <"$ONUS_MCSB_TSV" >"$tmp/table"
	same "$(head -n 1 "$tmp/table" | tr '\t' ' ')" \
		'control_id domain recommendation cis_v8 cis_v7_1 nist_800_53_r4 pci_dss_3_2_1'
	awk -F '\t' 'NR > 1 { printf "control/mcsb-v1/%s|%s|MCSB v1 %s: %s\n", $1, $2, $1, $3 }' \
		"$tmp/table" | LC_ALL=C sort >"$tmp/want"
	db "SELECT e.link, c.domain, e.title FROM control c JOIN entry e ON e.id = c.id
		WHERE e.link LIKE 'control/mcsb-v1/%'" | LC_ALL=C sort | diff "$tmp/want" -
	awk -F '\t' '
		function put(list, benchmark,   i, n, id) {
			n = split(list, id, /[ ,]+/)
			for (i = 1; i <= n; i++)
				if (id[i] != "" && id[i] != "N/A")
					print $1 " " benchmark "/" id[i]
		}
		NR > 1 { put($4, "cis-v8"); put($6, "nist-800-53-r4"); put($7, "pci-dss-3-2-1") }
	' "$tmp/table" | LC_ALL=C sort -u >"$tmp/want"
	[[ -s $tmp/want ]]
	crosswalk | diff "$tmp/want" -
}

@test "the page of a control names its practices, their cells and what it is mapped to" {
	local section sql
	same "$(onus show control/mcsb-v1/pv-6)" "$(onus show control/mcsb-v1/PV-6)"
	onus show control/mcsb-v1/PV-6 -f json >"$tmp/out"
	for section in practices cells crosswalk; do
		rows "$tmp/out" "SELECT value ->> '$.link' FROM f, json_each(j, '\$[0].sections.$section')" |
			sort >"$tmp/$section"
	done
	sql="FROM link l JOIN entry c ON c.id = l.entry JOIN entry p ON p.id = l.target
		WHERE c.link = 'control/mcsb-v1/PV-6' AND p.kind = 'practice'"
	db "SELECT p.link $sql" | sort | diff - "$tmp/practices"
	db "SELECT DISTINCT e.link FROM responsibility r JOIN entry e ON e.id = r.entry
		JOIN link k ON k.target = e.id WHERE k.entry IN (SELECT p.id $sql)" |
		sort | diff - "$tmp/cells"
	crosswalk | sed -n 's|^PV-6 |control/|p' | sort | diff - "$tmp/crosswalk"
	grep -qx practice/patch-guest-os "$tmp/practices"
	grep -qx azure:iaas/os "$tmp/cells"
}

# ---- packs of others ----

# over DIR: the shipped pack in $tmp/base.db, and with this one over it in ONUS_DB.  The pages of all that
# the shipped one has, on one day, are in $tmp/old.md and $tmp/new.md.
over() {
	onus pack build "$pack" -o "$tmp/base.db"
	onus pack build "$pack" "$1" -o "$tmp/over.db"
	export ONUS_DB=$tmp/base.db
	all_links
	at 2026-11-22 show -f md "${links[@]}" >"$tmp/old.md"
	export ONUS_DB=$tmp/over.db
	at 2026-11-22 show -f md "${links[@]}" >"$tmp/new.md"
}

@test "a service of an organisation's own stands beside ours, and changes nothing of them" {
	onus pack new "$tmp/house" >"$tmp/out"
	over "$tmp/house"
	onus show service/house-portal >"$tmp/out"
	grep -qxF ' > Applications: Shared*' "$tmp/out"
	grep -q '^ - Partner updates the application' "$tmp/out"
	grep -qxF ' > Release only what has been tested' "$tmp/out"
	has "$(onus search portal)" service/house-portal
	has "$(onus show services)" ' > Our customer portal'
	same "$(diff "$tmp/old.md" "$tmp/new.md" | grep '^<')" ''
	diff "$tmp/old.md" "$tmp/new.md" | sed -n 's/^> //p' >"$tmp/more"
	same "$(grep -vE '`(service|practice)/house-(portal|release)`' "$tmp/more")" ''
	at_least 4 "SELECT $(wc -l <"$tmp/more")"
	same "$(db "SELECT group_concat(link, ' ') FROM (SELECT link FROM entry
		WHERE pack = (SELECT id FROM pack WHERE slug = 'house') ORDER BY link)")" \
		'practice/house-release service/house-portal source/house-handbook'
}

# A pack in German, in $tmp/de: a holder, a term and a service.
make_german() {
	mkdir -p "$tmp/de/service"
	cat >"$tmp/de/pack.yaml" <<-END
	id: de
	title: Übersetzung
	version: "1"
	language: de
	licence: keine
	attribution: Wir
	END
	cat >"$tmp/de/holders.yaml" <<-END
	- id: shared
	  word: Für beide
	  letter: S
	  face: shared
	  pattern: half
	  text: Beide haben eigene Pflichten, und keiner kann die des anderen übernehmen
	END
	cat >"$tmp/de/terms.yaml" <<-END
	- id: matrix
	  term: Zuständigkeitstafel
	  summary: Eine Tafel, die für jede Schicht und jedes Modell nennt, wer zuständig ist.
	  auto: no
	  see: [matrix/azure]
	  sources: [ours]
	END
	cat >"$tmp/de/service/power-bi.md" <<-END
	---
	title: Power BI für Groß und Klein
	summary: Berichte als Dienst; über die Freigaben entscheidet der Kunde.
	model: azure:saas
	access: none
	overrides:
	  - layer: data
	    holder: shared
	    reason: Schlüssel kann der Kunde selbst führen.
	    source: ours
	    duties:
	      - id: schluessel
	        party: microsoft
	        verb: verschlüsselt
	        text: alle Daten, während sie ruhen
	        source: ours
	sources: [ours]
	---
	**Größe** ist keine Frage.
	END
}

@test "a pack in German is built, shown with its umlauts, and found without them" {
	make_german
	over "$tmp/de"
	onus grid >"$tmp/out"
	grep -qF 'Network controls                      Microsoft Für beide*Customer *Customer' "$tmp/out"
	grep -qxF 'Customer 23, Microsoft 13, Für beide 4' "$tmp/out"
	onus show service/power-bi >"$tmp/out"
	grep -q '^Power BI für Groß und Klein: SERVICE ' "$tmp/out"
	grep -qxF ' > Information and data: Für beide*' "$tmp/out"
	grep -qxF ' - Microsoft verschlüsselt alle Daten, während sie ruhen (ours)' "$tmp/out"
	grep -q '^Größe ist keine Frage' "$tmp/out"
	grep -q '^Zuständigkeitstafel: TERM ' <(onus show term/matrix)
	has "$(onus search schlussel)" service/power-bi
	has "$(onus search ZUSTÄNDIGKEIT)" term/matrix
	LC_ALL=C onus grid >"$tmp/out"
	ascii "$tmp/out"
	grep -qxF 'Customer 23, Microsoft 13, Fur beide 4' "$tmp/out"
	matches "$(onus show term/matrix -f json)" '^\{"schema":1,"content":"azure\+de [^ ]+\+1 '
}

@test "what a pack in German does not translate stays as it was" {
	make_german
	over "$tmp/de"
	# Left out: the pages that have to name what changed.
	db "ATTACH '$tmp/base.db' AS base;
		CREATE TEMP TABLE changed AS SELECT link FROM entry WHERE pack > 1;
		CREATE TEMP TABLE near AS
		SELECT a.link FROM main.link l JOIN main.entry a ON a.id = l.entry
			JOIN main.entry b ON b.id = l.target WHERE b.link IN changed
		UNION SELECT a.link FROM base.link l JOIN base.entry a ON a.id = l.entry
			JOIN base.entry b ON b.id = l.target WHERE b.link IN changed
		UNION SELECT s.link FROM main.citation c JOIN main.entry s ON s.id = c.source
			JOIN main.entry b ON b.id = c.entry WHERE b.link IN changed
		UNION SELECT s.link FROM base.citation c JOIN base.entry s ON s.id = c.source
			JOIN base.entry b ON b.id = c.entry WHERE b.link IN changed
		UNION SELECT link FROM changed;
		SELECT link FROM base.entry WHERE link NOT IN near ORDER BY id" >"$tmp/links"
	at_least 900 "SELECT $(wc -l <"$tmp/links")"
	at_least 2 "SELECT count(*) FROM entry WHERE pack > 1"
	mapfile -t links <"$tmp/links"
	at 2026-11-22 -d "$tmp/base.db" show -f md "${links[@]}" >"$tmp/old.md"
	at 2026-11-22 show -f md "${links[@]}" | sed "s|Für beide|Shared|g" >"$tmp/new.md"
	diff "$tmp/old.md" "$tmp/new.md"
	same "$(db "ATTACH '$tmp/base.db' AS base;
		SELECT count(*) FROM (SELECT link FROM base.entry EXCEPT SELECT link FROM main.entry)")" 0
}
