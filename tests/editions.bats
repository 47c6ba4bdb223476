#!/usr/bin/env bats
# The editions of the matrix: every cell of each, where they differ, and the way between them; and the
# explorer without a screen.

load common

# holders MATRIX: a line a layer: its id and the letters of its holders, in the order of the models.
holders() {
	"$builddir/onus" grid -m "$1" -f csv | sed 1d |
		sed -e 's|,customer|C|g' -e 's|,microsoft|M|g' -e 's|,shared|S|g' -e 's|,model-dependent|D|g' \
		    -e 's/[A-Z]*$/ &/'
}

@test "the ten-layer diagram has its 40 cells" {
	same "$(holders azure)" "data CCCC
devices CCCC
accounts CCCC
identity SSCC
apps MSCC
network MSCC
os MMCC
hosts MMMC
physnet MMMC
datacenter MMMC"
	same "$(onus grid -f csv | head -n 1)" layer,saas,paas,iaas,onprem
}

@test "the text table of 2026 has its 40 cells" {
	same "$(holders azure-2026)" "data CCCC
config CCCC
identities CCCC
devices CCCS
apps CCSS
network CCSM
os CCMM
hosts CMMM
physnet CMMM
datacenter CMMM"
	same "$(onus grid -m azure-2026 -f csv | head -n 1)" layer,onprem,iaas,paas,saas
}

@test "the seven-layer matrix has its 28 cells" {
	same "$(holders azure-classic)" "data CCCC
endpoints CCCS
access CCSS
apps CCSM
network CSMM
host CSMM
physical CMMM"
	same "$(onus grid -m azure-classic -f csv | head -n 1)" layer,onprem,iaas,paas,saas
}

@test "the AI matrix has its 42 cells" {
	same "$(holders azure-ai)" "training CCC
policy CCC
access CCS
governance CCS
plugins CCS
design CCM
infra CCM
app-safety CSM
model-safety CSM
accountability CDM
tuning CDM
model-design CDM
training-data CDM
compute SMM"
	same "$(onus grid -m azure-ai -f csv | head -n 1)" layer,iaas,paas,saas
}

@test "a cell on which editions disagree says which edition says what" {
	onus show saas/apps -f json >"$tmp/out"
	same "$(json "$tmp/out" "j ->> '$.holder'")" microsoft
	same "$(json "$tmp/out" "j -> '$.editions'")" \
'[{"link":"azure-2026:saas/apps","holder":"shared"},{"link":"azure-classic:saas/apps","holder":"microsoft"}]'
	has "$(onus show saas/apps)" 'Azure, text table of 2026, Applications: Shared'
}

@test "cells on which editions disagree are marked in the grid, and no others" {
	same "$(onus grid | grep -o '[*]' | wc -l)" 8
	has "$(onus grid | grep Applications)" 'Microsoft*Shared'
	same "$(onus grid -m azure-ai | grep -c '[*]')" 0
	has "$(onus grid -f plain | grep Applications)" 'SaaS: Microsoft, editions differ.'
}

@test "a cell without duties of its own shows those of its counterpart, and says whose they are" {
	onus show azure-2026:iaas/os >"$tmp/out"
	has "$(cat "$tmp/out")" 'Duties as in'
	has "$(cat "$tmp/out")" ' > Azure shared responsibility, Operating system: Customer'
	same "$(onus show azure-2026:iaas/os -f json | sed 's/.*"duties"/"duties"/; s/,"examples".*//')" \
	     "$(onus show azure:iaas/os -f json | sed 's/.*"duties"/"duties"/; s/,"examples".*//')"
}

@test "every cell of every edition has a duty or borrows one" {
	for m in azure azure-2026 azure-classic azure-ai; do
		onus grid -m "$m" -f csv --long | cut -d, -f2,3 | sed 1d | sort -u >"$tmp/with"
		same "$m $(wc -l <"$tmp/with")" "$m $(onus grid -m "$m" -f csv | sed 1d | tr ',' '\n' | grep -c '^[cms].*[trdt]$\|model-dependent')"
	done
}

@test "a model-dependent cell says on what it depends" {
	has "$(onus show azure-ai:paas/tuning)" 'Depends on: '
}

@test "without a matrix a link is looked for in the current one, then in azure, then where it is alone" {
	has "$(onus show -m azure-classic saas/apps)" azure-classic:saas/apps
	has "$(onus show saas/apps)" azure:saas/apps
	has "$(onus show paas/tuning)" azure-ai:paas/tuning
}

# ---- without a screen ----

tell() {
	printf '%s\n' "$@" | "$builddir/onus" --plain
}

@test "the tour of the README works without a screen" {
	n=$(tell '4 paas' quit | sed -n 's/^\([0-9]*\)\. A web application on Azure App Service\.$/\1/p')
	tell '4 paas' "$n" back up '7 iaas' up 'search patch guest' quit >"$tmp/out"
	has "$(cat "$tmp/out")" '4. Identity and directory infrastructure. SaaS: Shared. PaaS: Shared.'
	has "$(cat "$tmp/out")" 'PaaS / Identity and directory infrastructure: SHARED. Link: azure:paas/identity.'
	has "$(cat "$tmp/out")" 'A web application on Azure App Service: EXAMPLE.'
	has "$(cat "$tmp/out")" 'IaaS / Operating system: CUSTOMER. Link: azure:iaas/os.'
	clean "$tmp/out"
}

@test "without a screen a filter leaves out what it does not keep" {
	same "$(tell 'only s' again quit | grep -c 'SaaS: Shared\.')" "$(tell quit | grep -c 'SaaS: Shared\.' |
		awk '{ print 2 * $1 }')"
	same "$(tell 'only s' again quit | sed -n '/^Only S/,$p' | grep -c 'Customer\. \|: -')" 0
}

@test "without a screen links, names and two words open pages, and a wrong one says so" {
	tell 'os iaas' quit >"$tmp/out"
	has "$(cat "$tmp/out")" 'Link: azure:iaas/os.'
	tell 'practice/patch-guest-os' quit | grep -q 'PRACTICE'
	tell 'nonsense' quit | grep -q 'there is no nonsense'
	tell 99 quit | grep -q 'there is no number 99 here'
	tell '4 moon' quit | grep -q 'none of the models here is called moon'
}

@test "without a screen the end of the input is the end" {
	run -0 "$builddir/onus" --plain </dev/null
	ACCESSIBLE=1 run -0 "$builddir/onus" </dev/null
	[[ $output == *'A number opens'* ]]
}

@test "without a screen a search can be chosen from, and matrices changed" {
	tell 'search web firewall' 1 quit | grep -q 'Link: '
	tell matrices 2 quit | grep -q 'text table by Microsoft'
}
