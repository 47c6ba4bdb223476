#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/buf.h"
#include "pack/pack.h"
#include "text/text.h"
#include "util.h"
#include "mini.h"

/* What mini has none of: services, misconceptions, terms, benchmarks with controls. */
static const struct util_file more[] = {
	{ "sources.yaml",
		"- id: s1\n  title: A source\n  publisher: Somebody\n  date: 2026-01\n"
		"  url: https://example.org/a\n"
		"- id: s2\n  title: A second one\n  publisher: Somebody\n"
		"- id: s3\n  title: A third one\n  publisher: Somebody\n" },
	{ "aliases.yaml",
		"- id: old-thing\n  old: Old Thing\n  also: [OT]\n  now: A service\n"
		"  kind: rename\n  date: 2024\n  to: service/svc\n"
		"  text: It is called so now.\n  sources: [s1]\n"
		"- id: older\n  old: Older\n  now: Newer\n  kind: successor\n"
		"  text: Another one.\n  see: [topic/t1]\n  sources: [s1]\n" },
	{ "terms.yaml",
		"- id: tenant\n  term: tenant\n  also: [SKU, rented place]\n"
		"  summary: Where you live.\n  text: A tenant is no [page](example/e1).\n"
		"  sources: [s1]\n"
		"- id: cloud\n  term: cloud\n  summary: Their computers.\n  auto: no\n"
		"  see: [topic/t1]\n  sources: [s1]\n" },
	{ "controls.yaml",
		"- id: nist\n  title: The one of NIST\n  short: NIST\n  summary: Many.\n"
		"  sources: [s1]\n  controls:\n"
		"    - id: ZZ-1\n      domain: Last\n      title: The last one\n"
		"      maps: [cis/2.10]\n"
		"- id: cis\n  title: The one of CIS\n  short: CIS v8\n  summary: Few.\n"
		"  sources: [s1]\n  controls:\n"
		"    - id: \"2.10\"\n      domain: Two\n      title: Tenth\n"
		"      maps: [nist/AC-10, nist/AC-9]\n"
		"    - id: \"2.9\"\n      domain: Two\n      title: Ninth\n" },
	{ "practice/p1.md",
		"---\ntitle: A practice\nsummary: Do it.\ncells:\n  - m:a/os\n"
		"services: [basic]\nsteps: [one]\ncontrols: [cis/2.9, nist/AC-9]\n"
		"sources: [s1]\n---\n" },
	{ "service/svc.md",
		"---\ntitle: A service\nsummary: Software to rent.\n"
		"model: m:b\nmodels: [m:a]\naccess: read\nretires: 2027-01\n"
		"overrides:\n"
		"  - layer: apps\n    holder: customer\n    reason: We write it.\n    source: s2\n"
		"    drops: [run]\n    duties:\n"
		"      - id: add\n        party: microsoft\n        verb: adds\n"
		"        text: wheelbarrows\n        source: s3\n"
		"      - id: patch\n        party: customer\n        verb: updates\n"
		"        severity: high\n        text: all of it\n        source: s1\n"
		"  - layer: os\n    holder: microsoft\n    reason: Watched by us.\n    source: s1\n"
		"    duties:\n"
		"      - id: watch\n        party: customer\n        verb: watches\n"
		"        text: the alerts\n        source: s2\n"
		"aliases: [old-thing]\nsee: [topic/t1]\nsources: [s1]\n---\n"
		"A service in the cloud.\n" },
	{ "service/basic.md",
		"---\ntitle: A small service\nsummary: Less of it.\nmodel: m:a\nvariant-of: svc\n"
		"access: none\nsources: [s1]\n---\n" },
	{ "misconception/wrong.md",
		"---\ntitle: All of it is theirs\nsummary: It is not.\ncells: [m:a/os]\n"
		"services: [svc]\nsources: [s1]\n---\n"
		"# Your tenant\n\nTenants are yours, a *tenant* and each SKU, not a [SKU](m:a).\n" },
};

static int setup_more(void **state)
{
	struct fixture *x;

	if (setup(state))
		return -1;
	x = *state;
	x->more = more;
	x->nmore = COUNT(more);
	write_pack(x);
	return 0;
}

/* The links of an entry, a line each. */
static void check_links(const struct fixture *x, const char *link, const char *want)
{
	char sql[400];

	snprintf(sql, sizeof sql,
	         "SELECT t.link FROM link l JOIN entry e ON e.id = l.entry JOIN entry t ON t.id = l.target"
	         " WHERE e.link = '%s' ORDER BY t.link", link);
	check_query(x->out, sql, want);
}

static void check_found(const struct fixture *x, const char *words, const char *want)
{
	char sql[400];

	snprintf(sql, sizeof sql,
	         "SELECT e.link FROM search s JOIN entry e ON e.id = s.rowid WHERE search MATCH '%s' ORDER "
	         "BY 1",
	         words);
	check_query(x->out, sql, want);
}

/* ---- services ---- */

static void a_service_falls_in_the_column_of_its_model(void **state)
{
	struct fixture *x = *state;

	builds(x);
	check_query(x->out,
	            "SELECT e.link || ' ' || m.link || ' ' || ifnull(v.link, '-') || ' ' || access || ' ' || "
	            "retires"
	            " FROM service s JOIN entry e ON e.id = s.id JOIN entry m ON m.id = s.model"
	            " LEFT JOIN entry v ON v.id = s.variant ORDER BY s.id",
	            "service/basic m:a service/svc none \nservice/svc m:b - read 2027-01\n");
	check_links(x, "service/svc",
	            "alias/old-thing\nm:a\nm:b\nm:b/apps\nm:b/os\nmisconception/wrong\nservice/basic\n"
	            "topic/t1\n");
	check_links(x, "service/basic", "m:a\npractice/p1\nservice/svc\n");
	check_query(x->out, "SELECT text FROM prose JOIN entry ON id = entry WHERE link = 'service/svc'",
	            "A service in the cloud.\n\n");
	check_query(x->out, "SELECT count(*) FROM pragma_foreign_key_check", "0\n");
}

static void an_override_has_its_holder_reason_and_source(void **state)
{
	struct fixture *x = *state;

	builds(x);
	check_query(x->out,
	            "SELECT e.link || ' ' || c.link || ' ' || h.slug || ' ' || s.slug || ' ' || reason"
	            " FROM override o JOIN entry e ON e.id = o.service JOIN entry c ON c.id = o.cell"
	            " JOIN holder h ON h.id = o.holder JOIN source s ON s.id = o.source ORDER BY o.cell",
	            "service/svc m:b/apps customer s2 We write it.\n"
	            "service/svc m:b/os microsoft s1 Watched by us.\n");
}

static void an_override_drops_replaces_and_adds_duties(void **state)
{
	static const char sql[] =
		"SELECT c.link || ' ' || position || ' ' || d.slug || ' ' || h.slug || ' ' || verb || ' ' ||"
		" severity || ' ' || text || ' ' || s.slug FROM override_duty d JOIN entry c ON c.id = d.cell"
		" JOIN holder h ON h.id = d.party JOIN source s ON s.id = d.source ORDER BY d.cell, position";
	struct fixture *x = *state;

	builds(x);
	check_query(x->out, sql,
	            "m:b/apps 0 patch customer updates high all of it s1\n"
	            "m:b/apps 1 add microsoft adds normal wheelbarrows s3\n"
	            "m:b/os 0 patch microsoft patches normal the system s1\n"
	            "m:b/os 1 watch customer watches normal the alerts s2\n");
	edit(x, "service/svc.md", "drops: [run]", "drops: [patch]");    /* and replaced: it stays, replaced */
	builds(x);
	check_query(x->out, sql,
	            "m:b/apps 0 patch customer updates high all of it s1\n"
	            "m:b/apps 1 run microsoft runs normal the platform s1\n"
	            "m:b/apps 2 add microsoft adds normal wheelbarrows s3\n"
	            "m:b/os 0 patch microsoft patches normal the system s1\n"
	            "m:b/os 1 watch customer watches normal the alerts s2\n");
	check_query(x->out,
	            "SELECT count(*) FROM duty d JOIN entry e ON e.id = d.entry WHERE link = 'm:b/apps'",
	            "2\n");
}

static void an_override_may_change_the_holder_alone(void **state)
{
	struct fixture *x = *state;

	edit(x, "service/basic.md", "model: m:a", "model: m:b");
	edit(x, "service/basic.md", "access: none\n",
	     "access: none\noverrides:\n  - layer: apps\n    holder: customer\n    reason: R.\n"
	     "    source: s1\n");
	builds(x);
	check_query(x->out,
	            "SELECT h.slug || ' ' || d.slug FROM override o"
	            " JOIN override_duty d USING (service, cell)"
	            " JOIN holder h ON h.id = o.holder JOIN entry e ON e.id = o.service"
	            " WHERE e.link = 'service/basic' ORDER BY position",
	            "customer patch\ncustomer run\n");
}

/* Another matrix with one cell, which leaves its duties to m:a/os. */
static void borrow(struct fixture *x)
{
	util_write_text(file_of(x, "matrix/n.yaml"),
	                "title: N\nedition: second\npublisher: Somebody\ndate: 2026\nsources: [s1]\n"
	                "summary: One by one.\nparties: [customer]\nmodels:\n"
	                "  - {id: a, full: A, medium: A, short: A, summary: A., sources: [s1]}\nlayers:\n"
	                "  - {id: sys, full: S, medium: S, short: S, summary: S., sources: [s1],\n"
	                "     same: [\"m:os\"], holders: {a: customer}}\n");
}

static void an_override_adds_to_duties_that_its_cell_has_from_another_matrix(void **state)
{
	struct fixture *x = *state;

	borrow(x);
	edit(x, "service/basic.md", "model: m:a", "model: n:a");
	edit(x, "service/basic.md", "access: none\n",
	     "access: none\noverrides:\n  - layer: sys\n    holder: customer\n    reason: R.\n    source: "
	     "s1\n"
	     "    duties:\n      - {id: new, party: customer, verb: does, text: this, source: s1}\n");
	builds(x);
	check_query(x->out, "SELECT d.slug FROM override_duty d JOIN entry c ON c.id = d.cell"
	            " WHERE c.link = 'n:a/sys' ORDER BY position", "patch\nnew\n");
}

static void a_service_cites_and_finds_what_its_overrides_say(void **state)
{
	struct fixture *x = *state;

	builds(x);
	check_query(x->out,
	            "SELECT s.slug FROM citation c JOIN entry e ON e.id = c.entry JOIN source s ON s.id = "
	            "c.source"
	            " WHERE e.link = 'service/svc' ORDER BY c.position",
	            "s1\ns2\ns3\n");
	check_found(x, "wheelbarrows", "service/svc\n");
	check_found(x, "\"We write it\"", "service/svc\n");
	check_found(x, "OT", "alias/old-thing\nexample/e1\nservice/svc\n");
}

static void overrides_have_to_fit_the_column_of_their_model(void **state)
{
	CHECK_SLIPS(
		{ "service/svc.md", "drops: [run]", "drops: [run, walk]",
		  "service/svc.md:13:18: the cell of the model has no duty walk", 0 },
		{ "service/svc.md", "drops: [run]", "drops: [add]",     /* of the override itself */
		  "service/svc.md:13:13: the cell of the model has no duty add", 0 },
		{ "service/svc.md", "layer: apps", "layer: nix",
		  "service/svc.md:9:12: the matrix m has no layer nix", 0 },
		{ "service/svc.md", "layer: os", "layer: apps",
		  "service/svc.md:26:5: the layer apps is there twice among the overrides; the other one is "
		  "in line 9", 0 },
		{ "service/svc.md", "id: add", "id: patch",
		  "service/svc.md:20:9: the id patch is there twice among the duties of this cell; the other "
		  "one is in line 15",
		  2 }); /* and the first one, which is microsoft's, is taken */
}

static void an_override_that_changes_nothing_is_refused(void **state)
{
	CHECK_SLIPS(
		{ "service/svc.md",
		  "    duties:\n      - id: watch\n        party: customer\n        verb: watches\n"
		  "        text: the alerts\n        source: s2\n",
		  "", "service/svc.md:26:5: this override changes neither the holder nor a duty", 0 },
		{ "service/basic.md", "access: none\n",
		  "access: none\noverrides:\n  - layer: os\n    holder: customer\n    reason: As ever.\n"
		  "    source: s1\n    drops: []\n    duties: []\n",
		  "service/basic.md:8:5: this override changes neither the holder nor a duty", 0 });
}

static void whoever_answers_for_an_overridden_layer_has_a_duty_in_it(void **state)
{
	CHECK_SLIPS(
		{ "service/svc.md", "party: customer\n        verb: updates",
		  "party: microsoft\n        verb: updates",
		  "service/svc.md:9:5: this cell is of customer, but customer has no duty in it", 0 },
		{ "service/svc.md", "holder: microsoft\n    reason: Watched",
		  "holder: shared\n    drops: [patch]\n    reason: Watched",
		  "service/svc.md:26:5: this cell is shared, but microsoft has no duty in it", 0 },
		{ "service/basic.md", "access: none\n",         /* the model's duties alone do not do */
		  "access: none\noverrides:\n  - layer: os\n    holder: shared\n    reason: R.\n"
		  "    source: s1\n",
		  "service/basic.md:8:5: this cell is shared, but microsoft has no duty in it", 0 },
		{ "service/svc.md", "holder: customer", "holder: nobody",
		  "service/svc.md:10:13: there is no holder nobody in holders.yaml", 0 },
		{ "service/svc.md", "party: microsoft\n        verb: adds",
		  "party: nobody\n        verb: adds",
		  "service/svc.md:16:16: there is no holder nobody in holders.yaml", 0 },
		{ "service/svc.md", "party: microsoft\n        verb: adds",
		  "party: shared\n        verb: adds",
		  "service/svc.md:16:16: shared is no party, so it cannot have duties", 0 });
}

static void fields_of_services_have_their_forms(void **state)
{
	CHECK_SLIPS(
		{ "service/svc.md", "access: read", "access: write",
		  "service/svc.md:6:9: access must be one of: none read full", 0 },
		{ "service/svc.md", "retires: 2027-01", "retires: soon",
		  "service/svc.md:7:10: retires must be a date such as 2026, 2026-01 or 2026-01-12", 0 },
		{ "service/svc.md", "model: m:b\n", "",
		  "service/svc.md:2:1: a service needs the field model", 0 },
		{ "service/svc.md", "    reason: We write it.\n", "",
		  "service/svc.md:9:5: an override needs the field reason", 0 },
		{ "service/svc.md", "drops: [run]", "drops: run",
		  "service/svc.md:13:12: drops must be a list", 0 },
		{ "service/svc.md", "drops: [run]", "drops: [Run]",
		  "service/svc.md:13:13: drops must be an id of a-z, 0-9 and single hyphens, not "
		  "\"Run\"", 0 },
		{ "misconception/wrong.md", "cells: [m:a/os]\n", "",
		  "misconception/wrong.md:2:1: a misconception needs the field cells", 0 });
}

/* ---- ids and links of every field ---- */

static void a_link_of_any_field_leads_somewhere(void **state)
{
	CHECK_SLIPS(
		{ "service/svc.md", "model: m:b", "model: m:c",
		  "service/svc.md:4:8: the link m:c leads nowhere", 0 },
		{ "service/svc.md", "model: m:b", "model: m",
		  "service/svc.md:4:8: the link m leads nowhere", 0 },
		{ "service/svc.md", "model: m:b", "model: m:b/os",
		  "service/svc.md:4:8: m:b/os is no model; write MATRIX:MODEL", 0 },
		{ "service/svc.md", "models: [m:a]", "models: [m:a, \"m:layer/os\"]",
		  "service/svc.md:5:15: m:layer/os is no model; write MATRIX:MODEL", 0 },
		{ "service/svc.md", "see: [topic/t1]", "see: [topic/t1, topic/t9]",
		  "service/svc.md:37:17: the link topic/t9 leads nowhere", 0 },
		{ "misconception/wrong.md", "cells: [m:a/os]", "cells: [m:a/os, m:a]",
		  "misconception/wrong.md:4:17: m:a is no cell; write MATRIX:MODEL/LAYER", 0 },
		{ "misconception/wrong.md", "(m:a)", "(m:z)",
		  "misconception/wrong.md:10:1: the link m:z leads nowhere", 0 },
		{ "terms.yaml", "see: [topic/t1]", "see: [topic/t1, t1]",
		  "terms.yaml:11:19: the link t1 leads nowhere", 0 },
		{ "terms.yaml", "(example/e1)", "(example/e9)",
		  "terms.yaml:5:1: the link example/e9 leads nowhere", 0 },
		{ "aliases.yaml", "to: service/svc", "to: service/old-thing",
		  /* what an old name opens is no page of its own */
		  "aliases.yaml:7:7: the link service/old-thing leads nowhere", 0 });
}

static void an_id_of_any_field_is_there(void **state)
{
	CHECK_SLIPS(
		{ "service/basic.md", "variant-of: svc", "variant-of: large",
		  "service/basic.md:5:13: there is no service large", 0 },
		{ "service/svc.md", "aliases: [old-thing]", "aliases: [old-thing, oldest]",
		  "service/svc.md:36:22: there is no alias oldest", 0 },
		{ "service/svc.md", "source: s2\n    drops", "source: s9\n    drops",
		  "service/svc.md:12:13: there is no source s9 in sources.yaml", 0 },
		{ "service/svc.md", "source: s2\naliases", "source: s9\naliases",
		  "service/svc.md:35:17: there is no source s9 in sources.yaml", 0 },
		{ "practice/p1.md", "services: [basic]", "services: [basic, standard]",
		  "practice/p1.md:6:19: there is no service standard", 0 },
		{ "practice/p1.md", "nist/AC-9]", "nist/AC-11]",
		  "practice/p1.md:8:21: there is no control nist/AC-11", 0 },
		{ "practice/p1.md", "cis/2.9", "cis", "practice/p1.md:8:12: there is no control cis",
		  2 },  /* nor does anything lead to that one now */
		{ "misconception/wrong.md", "services: [svc]", "services: [svc, m]",
		  "misconception/wrong.md:5:17: there is no service m", 0 },
		{ "terms.yaml", "sources: [s1]", "sources: [s1, s9]",
		  "terms.yaml:6:17: there is no source s9 in sources.yaml", 0 },
		{ "controls.yaml", "sources: [s1]", "sources: [s9]",
		  "controls.yaml:5:13: there is no source s9 in sources.yaml", 0 },
		{ "misconception/wrong.md", "sources: [s1]", "sources: [s1, s9]",
		  "misconception/wrong.md:6:15: there is no source s9 in sources.yaml", 0 });
}

/* ---- misconceptions and terms ---- */

static void a_misconception_is_an_entry_with_its_cells_and_services(void **state)
{
	struct fixture *x = *state;

	builds(x);
	check_query(x->out, "SELECT link || ': ' || title || ': ' || summary FROM entry"
	            " WHERE kind = 'misconception'",
	            "misconception/wrong: All of it is theirs: It is not.\n");
	check_links(x, "misconception/wrong", "m:a\nm:a/os\nservice/svc\nterm/tenant\n");
}

static void prose_leads_to_the_first_of_each_term(void **state)
{
	struct fixture *x = *state;

	builds(x);
	check_query(x->out,
	            "SELECT text FROM prose JOIN entry ON id = entry WHERE link = 'misconception/wrong'",
	            "# Your tenant\n\n"
	            "[Tenants](term/tenant) are yours, a *tenant* and each SKU, not a [SKU](m:a).\n\n");
	check_links(x, "term/tenant", "example/e1\nmisconception/wrong\n");
	check_found(x, "\"a tenant and each\"", "misconception/wrong\n");       /* as it was written */
}

static void a_term_does_not_lead_to_itself_nor_prose_to_one_that_is_too_common(void **state)
{
	struct fixture *x = *state;

	builds(x);
	check_query(x->out,
	            "SELECT title || ': ' || rtrim(text, char(10)) FROM prose JOIN entry ON id = entry"
	            " WHERE kind = 'term'",
	            "tenant: A tenant is no [page](example/e1).\n");
	check_links(x, "term/cloud", "topic/t1\n");     /* the prose of service/svc speaks of the cloud */
	edit(x, "terms.yaml", "  auto: no\n", "  auto: yes\n");
	builds(x);
	check_links(x, "term/cloud", "service/svc\ntopic/t1\n");
}

static void a_term_is_found_by_its_other_words(void **state)
{
	struct fixture *x = *state;

	builds(x);
	check_found(x, "names : \"rented place\"", "term/tenant\n");
}

static void a_word_is_of_one_term(void **state)
{
	CHECK_SLIPS(
		{ "terms.yaml", "summary: Their computers.\n  auto: no",
		  "also: [Rented Place]\n  summary: T.",
		  "terms.yaml:1:3: rented place is a word for term/cloud too", 0 },
		{ "terms.yaml", "term: cloud\n  summary: Their computers.\n  auto: no",
		  "term: sku\n  summary: T.", "terms.yaml:1:3: SKU is a word for term/cloud too", 0 },
		{ "terms.yaml", "[SKU,", "[SKU, tenant,",
		  "terms.yaml:1:3: tenant is a word for term/tenant too", 0 });
}

static void a_term_that_prose_does_not_lead_to_may_share_a_word(void **state)
{
	struct fixture *x = *state;

	edit(x, "terms.yaml", "summary: Their computers.", "also: [SKU]\n  summary: Their computers.");
	builds(x);
	check_links(x, "term/cloud", "topic/t1\n");
}

/* ---- old names ---- */

static void an_old_name_leads_to_the_page_of_what_it_is_now(void **state)
{
	struct fixture *x = *state;

	builds(x);
	check_query(x->out,
	            "SELECT e.link || ' ' || ifnull(t.link, '-') FROM alias a JOIN entry e ON e.id = a.id"
	            " LEFT JOIN entry t ON t.id = a.target ORDER BY a.id",
	            "alias/old-thing service/svc\nalias/older -\n");
	check_links(x, "alias/old-thing", "example/e1\nservice/svc\n");
}

static void an_old_name_does_not_hide_a_page(void **state)
{
	CHECK_SLIPS(
		{ "aliases.yaml", "older", "svc",
		  "aliases.yaml:10:3: the old name svc would hide service/svc", 0 },
		{ "aliases.yaml", "older", "e1",
		  "aliases.yaml:10:3: the old name e1 would hide example/e1", 0 },
		{ "aliases.yaml", "older", "p1",
		  "aliases.yaml:10:3: the old name p1 would hide practice/p1", 0 },
		{ "aliases.yaml", "older", "wrong",
		  "aliases.yaml:10:3: the old name wrong would hide misconception/wrong", 0 },
		{ "aliases.yaml", "older", "t1",
		  "aliases.yaml:10:3: the old name t1 would hide topic/t1", 0 },
		{ "aliases.yaml", "older", "tenant",
		  "aliases.yaml:10:3: the old name tenant would hide term/tenant", 0 },
		{ "aliases.yaml", "older", "cis",
		  "aliases.yaml:10:3: the old name cis would hide benchmark/cis", 0 });
}

/* ---- benchmarks and controls ---- */

static void controls_stand_as_listed_and_then_those_only_mapped_to(void **state)
{
	struct fixture *x = *state;

	builds(x);
	check_query(x->out,
	            "SELECT e.link || ' | ' || e.title || ' | ' || b.link || ' | ' || domain FROM control c"
	            " JOIN entry e ON e.id = c.id JOIN entry b ON b.id = c.benchmark ORDER BY c.id",
	            "control/cis/2.10 | CIS v8 2.10: Tenth | benchmark/cis | Two\n"
	            "control/cis/2.9 | CIS v8 2.9: Ninth | benchmark/cis | Two\n"
	            "control/nist/ZZ-1 | NIST ZZ-1: The last one | benchmark/nist | Last\n"
	            "control/nist/AC-9 | NIST AC-9 | benchmark/nist | \n"
	            "control/nist/AC-10 | NIST AC-10 | benchmark/nist | \n");
	check_query(x->out, "SELECT link || ' ' || title FROM entry WHERE kind = 'benchmark'",
	            "benchmark/cis The one of CIS\nbenchmark/nist The one of NIST\n");
	check_found(x, "names : \"AC-9\"", "control/nist/AC-9\n");
}

static void controls_of_one_line_stand_as_listed(void **state)
{
	struct fixture *x = *state;

	edit(x, "controls.yaml", "    - id: \"2.10\"\n      domain: Two\n      title: Tenth\n"
	     "      maps: [nist/AC-10, nist/AC-9]\n"
	     "    - id: \"2.9\"\n      domain: Two\n      title: Ninth\n",
	     "    [{id: \"2.10\", title: Tenth, maps: [nist/AC-9]}, {id: \"2.9\", title: Ninth}]\n");
	builds(x);
	check_query(x->out, "SELECT link FROM entry WHERE link LIKE 'control/cis/%' ORDER BY id",
	            "control/cis/2.10\ncontrol/cis/2.9\n");
}

static void a_crosswalk_stands_in_both_directions(void **state)
{
	struct fixture *x = *state;

	edit(x, "controls.yaml", "maps: [cis/2.10]", "maps: [cis/2.10, cis/2.9]");
	edit(x, "controls.yaml", "title: Ninth\n",
	     "title: Ninth\n      maps: [nist/ZZ-1]\n");  /* said twice */
	builds(x);
	check_query(x->out,
	            "SELECT a.link || ' ' || b.link FROM crosswalk c JOIN entry a ON a.id = c.control"
	            " JOIN entry b ON b.id = c.same ORDER BY c.control, c.same",
	            "control/cis/2.10 control/nist/ZZ-1\n"
	            "control/cis/2.10 control/nist/AC-9\n"
	            "control/cis/2.10 control/nist/AC-10\n"
	            "control/cis/2.9 control/nist/ZZ-1\n"
	            "control/nist/ZZ-1 control/cis/2.10\n"
	            "control/nist/ZZ-1 control/cis/2.9\n"
	            "control/nist/AC-9 control/cis/2.10\n"
	            "control/nist/AC-10 control/cis/2.10\n");
}

static void a_practice_leads_to_its_controls_and_they_to_it(void **state)
{
	struct fixture *x = *state;

	builds(x);
	check_links(x, "practice/p1",
	            "control/cis/2.9\ncontrol/nist/AC-9\nexample/e1\nm:a/os\nservice/basic\n");
	check_links(x, "control/cis/2.9", "benchmark/cis\npractice/p1\n");
	check_links(x, "control/nist/AC-10", "benchmark/nist\n");
	check_links(x, "benchmark/cis", "control/cis/2.10\ncontrol/cis/2.9\n");
}

static void the_coverage_counts_controls_that_are_listed_and_that_are_not(void **state)
{
	struct fixture *x = *state;
	const char *dir = x->pack;
	struct buf b = { 0 };

	assert_int_equal(pack_check(&dir, 1, &b, &x->f, &x->e), 0);
	assert_non_null(strstr(buf_str(&b), "\nservices                  2\n"));
	assert_non_null(strstr(buf_str(&b),
	                "\ncontrols                  3, and 2 that are only mapped to\n"));
	buf_release(&b);
}

#define CODE " must be letters, digits, hyphens and dots, not "
#define NO_CONTROL " is no control; write BENCHMARK/ID, of a benchmark in controls.yaml"

static void controls_have_ids_as_published(void **state)
{
	CHECK_SLIPS(
		{ "controls.yaml", "\"2.9\"", "2 9", "controls.yaml:21:11: id" CODE "\"2 9\"", 0 },
		{ "controls.yaml", "\"2.9\"", "2/9", "controls.yaml:21:11: id" CODE "\"2/9\"", 0 },
		{ "controls.yaml", "\"2.9\"", "\303\244", "controls.yaml:21:11: id" CODE "\"\303\244\"", 0 },
		{ "controls.yaml", "\"2.9\"", "a23456789-123456789-123456789-123",
		  "controls.yaml:21:11: id" CODE "\"a23456789-123456789-123456789-123\"", 0 },
		{ "controls.yaml", "\"2.9\"", "\"2.10\"",
		  "controls.yaml:21:7: the id 2.10 is there twice among the controls; the other one is in "
		  "line 17",
		  2 },  /* practice/p1 misses the other one */
		{ "controls.yaml", "id: cis", "id: CIS",
		  "controls.yaml:11:7: id must be an id of a-z, 0-9 and single hyphens, not \"CIS\"", 0 });
}

static void the_longest_id_of_a_control_is_taken(void **state)
{
	struct fixture *x = *state;

	edit(x, "controls.yaml", "nist/AC-10", "nist/a23456789-123456789-123456789.12");
	builds(x);
	check_query(x->out, "SELECT count(*) FROM entry"
	            " WHERE link = 'control/nist/a23456789-123456789-123456789.12'", "1\n");
}

static void controls_are_mapped_to_controls_of_known_benchmarks(void **state)
{
	CHECK_SLIPS(
		{ "controls.yaml", "nist/AC-10", "iso/A.5", "controls.yaml:20:14: iso/A.5" NO_CONTROL, 0 },
		{ "controls.yaml", "nist/AC-10", "nist", "controls.yaml:20:14: nist" NO_CONTROL, 0 },
		{ "controls.yaml", "nist/AC-10", "nist/", "controls.yaml:20:14: nist/" NO_CONTROL, 0 },
		{ "controls.yaml", "nist/AC-10", "nist/AC 10",
		  "controls.yaml:20:14: nist/AC 10" NO_CONTROL, 0 },
		{ "controls.yaml", "nist/AC-10", "nist/AC/10",
		  "controls.yaml:20:14: nist/AC/10" NO_CONTROL, 0 },
		{ "controls.yaml", "nist/AC-10", "control/nist/AC-10",
		  "controls.yaml:20:14: control/nist/AC-10" NO_CONTROL, 0 });
}

/* ---- orphans ---- */

static void a_page_of_each_kind_needs_a_way_to_it(void **state)
{
	CHECK_SLIPS(
		{ "sources.yaml", "- id: s2", "- id: s9\n  title: T\n  publisher: P\n- id: s2",
		  "sources.yaml:6:3: no page leads to source/s9", 0 },
		{ "aliases.yaml", "  see: [topic/t1]\n", "",
		  "aliases.yaml:10:3: no page leads to alias/older", 0 },
		{ "terms.yaml", "  see: [topic/t1]\n", "", "terms.yaml:7:3: no page leads to term/cloud", 0 },
		{ "controls.yaml", "- id: cis", "- id: bsi\n  title: T\n  short: S\n  summary: S.\n"
		  "  sources: [s1]\n- id: cis", "controls.yaml:11:3: no page leads to benchmark/bsi", 0 },
		{ "practice/p1.md", "cis/2.9, ", "",
		  "controls.yaml:21:7: no page and no crosswalk leads to control/cis/2.9", 0 });
}

static void a_topic_needs_a_way_to_it(void **state)
{
	struct fixture *x = *state;

	util_write_text(file_of(x, "topic/t2.md"), "---\ntitle: T\nsummary: S.\nsources: [s1]\n---\nText.\n");
	refuses(x, "topic/t2.md:2:1: no page leads to topic/t2", 1);
	edit(x, "topic/t2.md", "Text.", "Text with a [link](m:a).");
	builds(x);
	write_pack(x);
	edit(x, "topic/t2.md", "Text with a [link](m:a).", "Text.");
	edit(x, "misconception/wrong.md", "(m:a)", "(topic/t2)");
	builds(x);
}

static void a_topic_that_the_prose_of_a_model_or_layer_leads_to_is_no_orphan(void **state)
{
	struct fixture *x = *state;

	util_write_text(file_of(x, "topic/t2.md"), "---\ntitle: T\nsummary: S.\nsources: [s1]\n---\nText.\n");
	edit(x, "matrix/m.yaml", "summary: The first\n",
	     "summary: The first\n    text: Read [it](topic/t2).\n");
	builds(x);
	check_links(x, "topic/t2", "m:a\n");
	write_pack(x);
	edit(x, "matrix/m.yaml", "summary: Systems\n", "summary: Systems\n    text: Read [it](topic/t2).\n");
	builds(x);
	check_links(x, "topic/t2", "m:layer/os\n");
}

static void a_term_that_prose_speaks_of_is_no_orphan(void **state)
{
	struct fixture *x = *state;

	edit(x, "terms.yaml", "[page](example/e1)", "page");
	builds(x);
	util_write_text(x->out, "the database that was there before\n");
	edit(x, "misconception/wrong.md", "Tenants are yours, a *tenant* and each SKU, not a [SKU](m:a).",
	     "");
	refuses(x, "terms.yaml:1:3: no page leads to term/tenant", 1);
}

static void a_control_that_another_one_is_mapped_to_is_no_orphan(void **state)
{
	struct fixture *x = *state;

	edit(x, "practice/p1.md", "cis/2.9, ", "");
	edit(x, "controls.yaml", "maps: [cis/2.10]", "maps: [cis/2.10, cis/2.9]");
	builds(x);
}

static void a_pack_of_every_kind_cut_anywhere_never_crashes(void **state)
{
	struct fixture *x = *state;

	util_seed();
	for (int i = 0; i < 200; i++) {
		const struct util_file *file = &more[util_random(COUNT(more))];
		util_write(file_of(x, file->name), file->text, util_random((uint32_t)strlen(file->text)));
		faults_release(&x->f);
		if (util_build(x->pack, NULL, &x->f, &x->e)) {
			assert_int_equal(x->e.status, STATUS_PACK);
			assert_in_range(x->f.total, 1, 1000);
		}
		util_write_text(file_of(x, file->name), file->text);
	}
}

/* ---- covered models ---- */

static void cells_of_a_covered_model_need_an_example_or_a_practice(void **state)
{
	CHECK_SLIPS(
		{ "matrix/m.yaml", "models:", "covered: [a]\nmodels:",
		  "matrix/m.yaml:28:5: no example and no practice is about m:a/apps", 0 },
		{ "matrix/m.yaml", "models:", "covered: [b]\nmodels:",  /* that of microsoft needs none */
		  "matrix/m.yaml:28:5: no example and no practice is about m:b/apps", 0 },
		{ "matrix/m.yaml", "models:", "covered: [c]\nmodels:",
		  "matrix/m.yaml:8:11: there is no model c in this matrix", 0 });
}

static void either_of_them_covers_a_cell_but_nothing_else_does(void **state)
{
	struct fixture *x = *state;

	edit(x, "matrix/m.yaml", "models:", "covered: [a]\nmodels:");
	edit(x, "misconception/wrong.md", "cells: [m:a/os]", "cells: [m:a/os, m:a/apps]");
	edit(x, "example/e1.md", "(m:b/os)", "(m:a/apps)");
	refuses(x, "matrix/m.yaml:28:5: no example and no practice is about m:a/apps", 1);
	edit(x, "practice/p1.md", "  - m:a/os\n", "  - m:a/apps\n");    /* and example/e1 of m:a/os */
	builds(x);
}

static void a_cell_that_depends_on_the_model_says_on_what(void **state)
{
	struct fixture *x = *state;

	edit(x, "holders.yaml", "- id: shared",
	     "- id: model-dependent\n  word: Depends\n  letter: D\n  face: neutral\n  pattern: none\n"
	     "- id: shared");
	edit(x, "matrix/m.yaml", "b: microsoft}", "b: model-dependent}");
	refuses(x, "cell/m/os.yaml:12:3: this cell depends on the model; say on what, in the field "
	        "depends", 1);
	edit(x, "cell/m/os.yaml", "  summary: Theirs.\n", "  summary: Theirs.\n  depends: the weekday\n");
	builds(x);
	check_query(x->out, "SELECT depends FROM responsibility WHERE depends <> ''", "the weekday\n");
}

/* ---- a new pack ---- */

/* What pack_new() has made of dir: these four files with this id, and nothing else. */
static void check_new(const char *dir, const char *id)
{
	static const struct {
		const char *before, *after;
	} files[] = { { "pack.yaml", NULL }, { "sources.yaml", NULL }, { "service/", "-portal.md" },
		      { "practice/", "-release.md" } };
	char want[80], name[120];

	snprintf(want, sizeof want, "\nid: %s\n", id);
	for (int i = 0; i < COUNT(files); i++) {
		const char *after = files[i].after;
		char *text;
		snprintf(name, sizeof name, "%s%s%s", files[i].before, after ? id : "", after ? after : "");
		text = util_read(util_path(dir, name), NULL);
		assert_null(strstr(text, "PACK"));
		if (!i)
			assert_non_null(strstr(text, want));
		util_assert_tame(text, true);
		free(text);
	}
	assert_int_equal(util_count(dir), 4);
	assert_int_equal(util_count(util_path(dir, "service")), 1);
	assert_int_equal(util_count(util_path(dir, "practice")), 1);
}

static void a_new_pack_builds_over_the_one_that_ships(void **state)
{
	struct fixture *x = *state;
	char azure[1024], dir[1024];
	const char *dirs[] = { azure, dir };

	snprintf(azure, sizeof azure, "%s", util_path(util_srcdir(), "db/azure"));
	snprintf(dir, sizeof dir, "%s", util_path(x->dir, "ours"));
	assert_int_equal(pack_new(dir, &x->e), 0);
	check_new(dir, "ours");
	if (pack_build(dirs, 2, x->out, &x->f, &x->e)) {
		print_faults(x);
		fail_msg("%s", x->e.msg);
	}
	check_query(x->out, "SELECT slug FROM pack ORDER BY id", "azure\nours\n");
	check_query(x->out, "SELECT link FROM entry WHERE pack = 2 ORDER BY link",
	            "practice/ours-release\nservice/ours-portal\nsource/ours-handbook\n");
	check_query(x->out, "SELECT c.link || ' ' || h.slug FROM override o JOIN entry e ON e.id = o.service"
	            " JOIN entry c ON c.id = o.cell JOIN holder h ON h.id = o.holder"
	            " WHERE e.link = 'service/ours-portal'", "azure:paas/apps shared\n");
}

static void a_new_pack_has_the_id_of_its_folder_or_is_mine(void **state)
{
	static const char long40[] = "a2345678901234567890123456789012345678-0";
	static const struct {
		const char *dir, *name, *id;
	} cases[] = { { "our-cloud", "our-cloud", "our-cloud" }, { "2026", "2026", "2026" },
		      { "null", "null", "null" }, { "slashes///", "slashes", "slashes" },
		      { long40, long40, long40 },
		      { "a2345678901234567890123456789012345678-01",
		        "a2345678901234567890123456789012345678-01", "mine" },
		      { "Ours", "Ours", "mine" }, { "a--b", "a--b", "mine" },
		      { "two words", "two words", "mine" }, { "a: \"b\n", "a: \"b\n", "mine" },
		      { "\303\244", "\303\244", "mine" },
		      { "out/below/", "out/below", "below" } };
	struct fixture *x = *state;
	char azure[1024], dir[1024];
	const char *dirs[] = { azure, dir };

	snprintf(azure, sizeof azure, "%s", util_path(util_srcdir(), "db/azure"));
	for (int i = 0; i < COUNT(cases); i++) {
		snprintf(dir, sizeof dir, "%s", util_path(x->dir, cases[i].dir));
		assert_int_equal(pack_new(dir, &x->e), 0);
		check_new(util_path(x->dir, cases[i].name), cases[i].id);
		if (pack_check(dirs, 2, NULL, &x->f, &x->e)) {
			print_faults(x);
			fail_msg("%s: %s", cases[i].dir, x->e.msg);
		}
	}
}

static void a_new_pack_may_fill_an_empty_folder_and_the_one_it_is_in(void **state)
{
	struct fixture *x = *state;
	char was[1024];

	assert_non_null(getcwd(was, sizeof was));
	assert_int_equal(mkdir(util_path(x->dir, "empty"), 0700), 0);
	assert_int_equal(chdir(x->dir), 0);
	assert_int_equal(pack_new("empty", &x->e), 0);          /* without a slash */
	check_new("empty", "empty");
	assert_int_equal(mkdir("here", 0700), 0);
	assert_int_equal(chdir("here"), 0);
	assert_int_equal(pack_new(".", &x->e), 0);
	check_new(".", "mine");
	assert_int_equal(chdir(was), 0);
	assert_int_equal(util_count(x->dir), 4);                /* pack, out, empty, here */
}

static void refuses_new(struct fixture *x, const char *dir, const char *why)
{
	x->e = (struct err){ 0 };
	assert_int_equal(pack_new(dir, &x->e), -1);
	assert_int_equal(x->e.status, STATUS_DATA);
	util_assert_sentence(x->e.msg);
	assert_non_null(strstr(x->e.msg, dir));
	if (!strstr(x->e.msg, why))
		fail_msg("not \"%s\": %s", why, x->e.msg);
}

static void a_new_pack_writes_over_nothing(void **state)
{
	struct fixture *x = *state;
	const char *dir = util_path(x->dir, "ours");
	char *text;

	util_write_text(util_path(dir, "notes"), "of mine\n");
	refuses_new(x, dir, " is not empty; name a folder that is not there yet");
	text = util_read(util_path(dir, "notes"), NULL);
	assert_string_equal(text, "of mine\n");
	assert_int_equal(util_count(dir), 1);
	refuses_new(x, util_path(dir, "notes"), "cannot make the folder ");
	refuses_new(x, util_path(x->dir, "not/there"), "cannot make the folder ");
	refuses_new(x, "", "cannot make the folder ");
	assert_int_equal(symlink("nowhere", util_path(x->dir, "link")), 0);
	refuses_new(x, util_path(x->dir, "link"), "cannot make the folder ");
	refuses_new(x, x->pack, " is not empty");
	assert_int_equal(util_count(x->dir), 4);                /* pack, out, ours, link */
	free(text);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, setup_more, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_service_falls_in_the_column_of_its_model),
		TEST(an_override_has_its_holder_reason_and_source),
		TEST(an_override_drops_replaces_and_adds_duties),
		TEST(an_override_may_change_the_holder_alone),
		TEST(an_override_adds_to_duties_that_its_cell_has_from_another_matrix),
		TEST(a_service_cites_and_finds_what_its_overrides_say),
		TEST(overrides_have_to_fit_the_column_of_their_model),
		TEST(an_override_that_changes_nothing_is_refused),
		TEST(whoever_answers_for_an_overridden_layer_has_a_duty_in_it),
		TEST(fields_of_services_have_their_forms),
		TEST(a_link_of_any_field_leads_somewhere),
		TEST(an_id_of_any_field_is_there),
		TEST(a_misconception_is_an_entry_with_its_cells_and_services),
		TEST(prose_leads_to_the_first_of_each_term),
		TEST(a_term_does_not_lead_to_itself_nor_prose_to_one_that_is_too_common),
		TEST(a_term_is_found_by_its_other_words),
		TEST(a_word_is_of_one_term),
		TEST(a_term_that_prose_does_not_lead_to_may_share_a_word),
		TEST(an_old_name_leads_to_the_page_of_what_it_is_now),
		TEST(an_old_name_does_not_hide_a_page),
		TEST(controls_stand_as_listed_and_then_those_only_mapped_to),
		TEST(controls_of_one_line_stand_as_listed),
		TEST(a_crosswalk_stands_in_both_directions),
		TEST(a_practice_leads_to_its_controls_and_they_to_it),
		TEST(the_coverage_counts_controls_that_are_listed_and_that_are_not),
		TEST(controls_have_ids_as_published),
		TEST(the_longest_id_of_a_control_is_taken),
		TEST(controls_are_mapped_to_controls_of_known_benchmarks),
		TEST(a_page_of_each_kind_needs_a_way_to_it),
		TEST(a_topic_needs_a_way_to_it),
		TEST(a_topic_that_the_prose_of_a_model_or_layer_leads_to_is_no_orphan),
		TEST(a_term_that_prose_speaks_of_is_no_orphan),
		TEST(a_control_that_another_one_is_mapped_to_is_no_orphan),
		TEST(a_pack_of_every_kind_cut_anywhere_never_crashes),
		TEST(cells_of_a_covered_model_need_an_example_or_a_practice),
		TEST(either_of_them_covers_a_cell_but_nothing_else_does),
		TEST(a_cell_that_depends_on_the_model_says_on_what),
		TEST(a_new_pack_builds_over_the_one_that_ships),
		TEST(a_new_pack_has_the_id_of_its_folder_or_is_mine),
		TEST(a_new_pack_may_fill_an_empty_folder_and_the_one_it_is_in),
		TEST(a_new_pack_writes_over_nothing),
	};

	util_start();
	text_init();
	return UTIL_RUN("packs: services, terms, controls, and new packs", tests);
}
