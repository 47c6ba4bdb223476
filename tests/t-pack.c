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

/* ---- a good pack ---- */

static void a_small_pack_becomes_a_database(void **state)
{
	struct fixture *x = *state;

	builds(x);
	assert_int_equal(x->f.total, 0);
	check_query(x->out, "PRAGMA integrity_check", "ok\n");
	check_query(x->out, "PRAGMA application_id", "1869510003\n");
	check_query(x->out, "PRAGMA user_version", "1\n");
	check_query(x->out, "PRAGMA journal_mode", "delete\n");
	check_query(x->out, "SELECT count(*) FROM pragma_foreign_key_check", "0\n");
	check_query(x->out, "SELECT kind || ' ' || link FROM entry ORDER BY id",
	            "matrix matrix/m\nmodel m:a\nmodel m:b\nlayer m:layer/apps\nlayer m:layer/os\n"
	            "cell m:a/apps\n"
	            "cell m:b/apps\ncell m:a/os\ncell m:b/os\nexample example/e1\n"
	            "practice practice/p1\n"
	            "topic topic/t1\nalias alias/old-thing\nsource source/s1\n");
	assert_int_equal(util_count(util_path(x->dir, "out")), 1);
}

static void cells_have_their_holders_and_duties(void **state)
{
	struct fixture *x = *state;

	builds(x);
	check_query(x->out,
	            "SELECT r.layer || r.model || ' ' || h.slug FROM responsibility r JOIN holder h"
	            " ON h.id = r.holder ORDER BY r.layer, r.model",
	            "00 customer\n01 shared\n10 customer\n11 microsoft\n");
	check_query(x->out,
	            "SELECT h.slug || ' ' || cells FROM tally JOIN holder h ON h.id = holder ORDER "
	            "BY 1",
	            "customer 2\nmicrosoft 1\nshared 1\n");
	check_query(x->out,
	            "SELECT e.link || ' ' || d.slug || ' ' || severity FROM duty d JOIN entry e"
	            " ON e.id = d.entry ORDER BY e.id, d.position",
	            "m:a/apps patch normal\nm:b/apps patch normal\nm:b/apps run normal\n"
	            "m:a/os patch high\n"
	            "m:b/os patch normal\n");
}

static void links_come_from_fields_and_from_prose(void **state)
{
	struct fixture *x = *state;

	builds(x);
	check_query(x->out,
	            "SELECT t.link FROM link l JOIN entry e ON e.id = l.entry JOIN entry t ON t.id "
	            "= l.target"
	            " WHERE e.link = 'example/e1' ORDER BY t.link",
	            "alias/old-thing\nm:a/os\nm:b/os\npractice/p1\ntopic/t1\n");
	check_query(x->out,
	            "SELECT t.link FROM link l JOIN entry e ON e.id = l.entry JOIN entry t ON t.id "
	            "= l.target"
	            " WHERE e.link = 'topic/t1' ORDER BY t.link",
	            "example/e1\nm:a\nm:layer/os\n");
}

static void what_an_entry_is_about_is_found_by_its_old_names(void **state)
{
	struct fixture *x = *state;

	builds(x);
	check_query(
		x->out,
		"SELECT e.link FROM search s JOIN entry e ON e.id = s.rowid WHERE search MATCH 'OT'"
		" ORDER BY 1",
		"alias/old-thing\nexample/e1\n");
}

static void a_check_writes_nothing(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(util_build(x->pack, NULL, &x->f, &x->e), 0);
	check_untouched(x);
}

/* ---- faults ---- */

static void fields_that_no_file_has_are_refused(void **state)
{
	CHECK_SLIPS({ "pack.yaml", "licence:", "license: x\nlicence:",
	              "pack.yaml:5:1: a pack has no field license", 0 },
	            { "cell/m/os.yaml", "verb:", "vreb: x\n      verb:",
	              "cell/m/os.yaml:7:7: a duty has no field vreb", 0 },
	            { "topic/t1.md", "see:", "steps: [x]\nsee:",
	              "topic/t1.md:4:1: a topic has no field steps", 0 },
	            { "matrix/m.yaml", "letter: A", "letter: A\n    colour: red",
	              "matrix/m.yaml:26:5: a band has no field colour", 0 });
}

static void fields_that_stand_twice_are_refused(void **state)
{
	CHECK_SLIPS({ "pack.yaml", "licence:", "title: x\nlicence:",
	              "pack.yaml:5:1: the key title stands here twice", 0 },
	            { "example/e1.md", "type:", "title: x\ntype:",
	              "example/e1.md:4:1: the key title stands here twice", 0 });
}

static void fields_that_are_missing_are_named(void **state)
{
	CHECK_SLIPS({ "pack.yaml", "version: \"1\"\n", "",
	              "pack.yaml:1:1: a pack needs the field version", 0 },
	            { "holders.yaml", "  word: Microsoft\n", "",
	              "holders.yaml:7:3: a holder needs the field word", 0 },
	            { "cell/m/os.yaml", "  summary: Theirs.\n", "",
	              "cell/m/os.yaml:12:3: a cell needs the field summary", 0 },
	            { "cell/m/os.yaml", "      source: s1\n", "",
	              "cell/m/os.yaml:5:7: a duty needs the field source", 0 },
	            { "practice/p1.md", "title: A practice\n", "",
	              "practice/p1.md:2:1: a practice needs the field title", 0 },
	            { "pack.yaml", "title: A small pack", "title:", "pack.yaml:2:7: title is empty",
	              0 },
	            { "practice/p1.md", "  - one\n  - two\n", "  []\n",
	              "practice/p1.md:7:3: steps is empty", 0 });
}

static void fields_of_another_type_are_refused(void **state)
{
	CHECK_SLIPS(
		{ "pack.yaml", "A small pack", "[a, b]", "pack.yaml:2:8: title must be a text", 0 },
		{ "practice/p1.md", "features: [F]", "features: F",
	          "practice/p1.md:9:11: features must be a list", 0 },
		{ "practice/p1.md", "  - two", "  - {two: x}",
	          "practice/p1.md:8:5: steps must be a text", 0 },
		{ "matrix/m.yaml", "{a: customer, b: shared}", "[customer, shared]",
	          "matrix/m.yaml:34:14: holders must be pairs of ids", 0 },
		{ "cell/m/apps.yaml", "a:\n", "a: text\nx:\n",
	          "cell/m/apps.yaml:1:4: a cell must be written as fields, each \"key: value\"",
	          0 },
		{ "pack.yaml", "CC0-1.0", "|\n  a\n  b", "pack.yaml:5:10: licence must be one line",
	          0 },
		{ "sources.yaml", "- id", "x:\n- id",
	          "sources.yaml:1:1: this file must be a list, each entry begun by \"- \"", 0 });
}

static void ids_that_stand_twice_are_refused(void **state)
{
	CHECK_SLIPS({ "matrix/m.yaml", "- id: b", "- id: a",
	              "matrix/m.yaml:15:5: the id a is there twice among the models; "
	              "the other one is in line 9",
	              6 },
	            { "cell/m/apps.yaml", "id: run", "id: patch",
	              "cell/m/apps.yaml:19:7: the id patch is there twice among the "
	              "duties of this cell; the other one is in line 14",
	              0 },
	            { "matrix/m.yaml", "- id: os", "- id: apps",
	              "matrix/m.yaml:35:5: the id apps is there twice among the layers; "
	              "the other one is in line 27",
	              8 });
}

static void what_one_pack_has_twice_names_the_other_place(void **state)
{
	struct fixture *x = *state;
	struct buf want = { 0 };

	edit(x, "sources.yaml", "- id: s1", "- id: s1\n  title: Other\n  publisher: P\n- id: s1");
	buf_addf(&want,
	         "sources.yaml:4:3: source/s1 is there twice; the other one is in %s/sources.yaml, "
	         "line 1",
	         x->pack);
	refuses(x, buf_str(&want), 1);
	buf_release(&want);
}

static void links_that_lead_nowhere_are_found_in_fields(void **state)
{
	CHECK_SLIPS({ "practice/p1.md", "m:a/os", "m:a/nix",
	              "practice/p1.md:5:5: the link m:a/nix leads nowhere", 0 },
	            { "topic/t1.md", "example/e1", "example/e2",
	              "topic/t1.md:4:7: the link example/e2 leads nowhere", 0 },
	            { "aliases.yaml", "m:a/os", "m:c/os",
	              "aliases.yaml:8:9: the link m:c/os leads nowhere", 0 },
	            { "practice/p1.md", "m:a/os", "m:layer/os",
	              "practice/p1.md:5:5: m:layer/os is no cell; write MATRIX:MODEL/LAYER", 0 },
	            { "example/e1.md", "practices: [p1]", "practices: [p2]",
	              "example/e1.md:8:13: there is no practice p2", 0 },
	            { "example/e1.md", "[old-thing]", "[new-thing]",
	              "example/e1.md:10:11: there is no alias new-thing", 0 },
	            { "example/e1.md", "fault: customer", "fault: nobody",
	              "example/e1.md:5:8: there is no holder nobody in holders.yaml", 0 });
}

static void links_that_lead_nowhere_are_found_in_prose(void **state)
{
	CHECK_SLIPS({ "example/e1.md", "(m:b/os)", "(m:b/nix)",
	              "example/e1.md:13:1: the link m:b/nix leads nowhere", 0 },
	            { "example/e1.md", "(https://example.org)", "(ftp://x)",
	              "example/e1.md:15:1: the link ftp://x leads nowhere", 0 },
	            { "topic/t1.md", "Text.", "Text.\n\n- a\n- [b](javascript:x)",
	              "topic/t1.md:10:1: the link javascript:x leads nowhere", 0 },
	            { "aliases.yaml", "text: It is called so now.",
	              "text: |\n    One.\n\n    Two [x](nowhere).",
	              "aliases.yaml:10:1: the link nowhere leads nowhere", 0 });
}

static void a_link_in_prose_on_the_line_of_its_key_has_that_line(void **state)
{
	CHECK_SLIPS({ "aliases.yaml", "text: It is called so now.", "text: \"It [x](nowhere).\"",
		"aliases.yaml:7:1: the link nowhere leads nowhere", 0 });
}

static void sources_that_are_missing_are_named(void **state)
{
	CHECK_SLIPS({ "topic/t1.md", "sources: [s1]", "sources: [s2]",
	              "topic/t1.md:5:11: there is no source s2 in sources.yaml", 0 },
	            { "cell/m/os.yaml", "source: s1", "source: s9",
	              "cell/m/os.yaml:10:15: there is no source s9 in sources.yaml", 0 },
	            { "matrix/m.yaml", "sources: [s1]\n", "sources: [s3]\n",
	              "matrix/m.yaml:5:11: there is no source s3 in sources.yaml", 0 },
	            { "matrix/m.yaml", "    sources: [s1]\n  - id: b",
	              "    sources: [s4]\n  - id: b",
	              "matrix/m.yaml:14:15: there is no source s4 in sources.yaml", 0 });
}

static void a_matrix_says_all_of_its_cells(void **state)
{
	CHECK_SLIPS(
		{ "matrix/m.yaml", ", b: microsoft}", "}",
	          "matrix/m.yaml:42:14: the holder of b is missing", 0 },
		{ "matrix/m.yaml", "b: microsoft}", "b: nobody}",
	          "matrix/m.yaml:42:31: there is no holder nobody in holders.yaml", 0 },
		{ "matrix/m.yaml", "b: microsoft}", "b: microsoft, c: shared}",
	          "matrix/m.yaml:42:42: there is no model c in this matrix", 0 },
		{ "matrix/m.yaml", "    band: all\n    summary: Systems", "    summary: Systems",
	          "matrix/m.yaml:35:5: this layer needs a band, since the matrix has bands", 0 },
		{ "matrix/m.yaml", "band: all\n    summary: Systems",
	          "band: some\n    summary: Systems",
	          "matrix/m.yaml:39:11: there is no band some in this matrix", 0 },
		{ "cell/m/os.yaml", "b:\n  summary: Theirs.\n", "c:\n  summary: Theirs.\n",
	          "matrix/m.yaml:35:5: the cell m:b/os is missing; write it in cell/m/os.yaml, as no "
	          "counterpart has the same holder and duties", 2 },
		{ "matrix/m.yaml", "parties: [customer,", "parties: [shared,",
	          "matrix/m.yaml:7:11: shared is no holder that can be a party", 2 });
}

static void a_band_without_layers_is_refused(void **state)
{
	struct fixture *x = *state;

	edit(x, "matrix/m.yaml", "bands:\n",
	     "bands:\n  - id: none\n    name: Empty\n    short: Empty\n    letter: E\n");
	assert_int_equal(build(x), -1);
	assert_int_equal(x->e.status, STATUS_PACK);
}

static void bands_follow_each_other_as_they_are_listed(void **state)
{
	CHECK_SLIPS(
		{ "matrix/m.yaml",
	          "    letter: A\nlayers:\n  - id: apps\n    full: Applications\n    medium: Apps\n"
	          "    short: Apps\n"
	          "    band: all",
	          "    letter: A\n  - id: two\n    name: Two\n    short: Two\n    letter: T\n"
	          "layers:\n  - id: apps\n    full: Applications\n    medium: Apps\n    short: "
	          "Apps\n"
	          "    band: two",
	          "matrix/m.yaml:39:5: the layers of a band must stand together, in the order of "
	          "the bands",
	          0 });
}

static void whoever_answers_for_a_cell_has_a_duty_in_it(void **state)
{
	CHECK_SLIPS(
		{ "cell/m/apps.yaml", "party: microsoft", "party: customer",
	          "cell/m/apps.yaml:11:3: this cell is shared, but microsoft has no duty in it",
	          0 },
		{ "cell/m/os.yaml", "party: customer", "party: microsoft",
	          "cell/m/os.yaml:2:3: this cell is of customer, but customer has no duty in it",
	          0 },
		{ "cell/m/apps.yaml", "party: microsoft", "party: shared",
	          "cell/m/apps.yaml:20:14: shared is no party, so it cannot have duties", 2 });
}

static void cells_outside_of_their_matrix_are_refused(void **state)
{
	struct fixture *x = *state;

	util_copy(file_of(x, "cell/m/os.yaml"), file_of(x, "cell/m/nix.yaml"));
	refuses(x, "cell/m/nix.yaml:2:3: the matrix m has no layer nix", 2);
	unlink(file_of(x, "cell/m/nix.yaml"));
	util_copy(file_of(x, "cell/m/os.yaml"), file_of(x, "cell/n/os.yaml"));
	refuses(x, "cell/n/os.yaml:2:3: there is no matrix n", 2);
}

static void words_dates_and_addresses_have_their_forms(void **state)
{
	CHECK_SLIPS({ "pack.yaml", "id: mini", "id: Mini",
	              "pack.yaml:1:5: id must be an id of a-z, 0-9 and single hyphens, "
	              "not \"Mini\"",
	              0 },
	            { "pack.yaml", "id: mini", "id: a--b",
	              "pack.yaml:1:5: id must be an id of a-z, 0-9 and single hyphens, "
	              "not \"a--b\"",
	              0 },
	            { "pack.yaml", "id: mini", "id: a-",
	              "pack.yaml:1:5: id must be an id of a-z, 0-9 and single hyphens, "
	              "not \"a-\"",
	              0 },
	            { "sources.yaml", "2026-01", "2026-13",
	              "sources.yaml:4:9: date must be a date such as 2026, 2026-01 or "
	              "2026-01-12",
	              0 },
	            { "sources.yaml", "2026-01", "2026-01-32",
	              "sources.yaml:4:9: date must be a date such as 2026, 2026-01 or "
	              "2026-01-12",
	              0 },
	            { "sources.yaml", "2026-01", "26",
	              "sources.yaml:4:9: date must be a date such as 2026, 2026-01 or 2026-01-12",
	              0 },
	            { "sources.yaml", "https://example.org/a", "javascript:x",
	              "sources.yaml:5:8: url must be an address that begins with https://", 0 },
	            { "sources.yaml", "https://example.org/a", "\"https://x y\"",
	              "sources.yaml:5:8: url must be an address that begins with https://", 0 },
	            { "holders.yaml", "letter: C", "letter: c",
	              "holders.yaml:3:11: letter must be one letter, A to Z", 0 },
	            { "holders.yaml", "letter: C", "letter: CC",
	              "holders.yaml:3:11: letter must be one letter, A to Z", 0 },
	            { "holders.yaml", "pattern: solid", "pattern: dotted",
	              "holders.yaml:5:12: pattern must be one of: solid light half none", 0 },
	            { "cell/m/os.yaml", "verb: patches", "verb: patches it",
	              "cell/m/os.yaml:7:13: verb must be one word", 0 });
}

static void two_words_of_a_choice_are_not_one(void **state)
{
	CHECK_SLIPS({ "holders.yaml", "pattern: solid", "pattern: solid light",
			"holders.yaml:5:12: pattern must be one of: solid light half none", 0 },
		{ "cell/m/os.yaml", "severity: high", "severity: high normal",
			"cell/m/os.yaml:8:17: severity must be one of: high normal", 0 });
}

static void labels_have_to_fit_their_columns(void **state)
{
	CHECK_SLIPS({ "matrix/m.yaml", "short: A\n", "short: ABCDEFGHI\n",
	              "matrix/m.yaml:12:12: short is 9 columns wide, 8 are allowed", 0 },
	            { "matrix/m.yaml", "medium: Mod A", "medium: Model A is medium.",
	              "matrix/m.yaml:11:13: medium is 18 columns wide, 17 are allowed", 0 },
	            { "matrix/m.yaml", "full: Model A",
	              "full: 12345678901234567890123456789012345678",
	              "matrix/m.yaml:10:11: full is 38 columns wide, 37 are allowed", 0 },
	            { "matrix/m.yaml", "short: A\n",
	              "short: \346\274\242\346\274\242\346\274\242\346\274\242\346\274\242\n",
	              "matrix/m.yaml:12:12: short is 10 columns wide, 8 are allowed", 0 },
	            { "holders.yaml", "word: Customer", "word: Customers!",
	              "holders.yaml:2:9: word is 10 columns wide, 9 are allowed", 0 });
}

static void labels_may_fill_their_columns(void **state)
{
	struct fixture *x = *state;

	edit(x, "matrix/m.yaml", "short: A\n", "short: ABCDEFGH\n");
	edit(x, "matrix/m.yaml", "medium: Mod A", "medium: Model A is medium");
	edit(x, "matrix/m.yaml", "full: Model A", "full: 1234567890123456789012345678901234567");
	edit(x, "holders.yaml", "word: Customer",
	     "word: \346\274\242\346\274\242\346\274\242\346\274\242x");
	builds(x);
}

#define NO_TEXT " that no text may hold (0x"
#define ADVICE "); write UTF-8 without control characters, and blanks for tabs"

static void bytes_that_no_text_may_hold_have_a_place(void **state)
{
	CHECK_SLIPS({ "topic/t1.md", "Text.", "Te\377xt.",
	              "topic/t1.md:7:3: a byte or character" NO_TEXT "ff" ADVICE, 0 },
	            { "topic/t1.md", "Text.", "\303\244\303",
	              "topic/t1.md:7:2: a byte or character" NO_TEXT "c3" ADVICE, 0 },
	            { "topic/t1.md", "Text.", "a\033[2J",
	              "topic/t1.md:7:2: a byte or character" NO_TEXT "1b" ADVICE, 0 },
	            { "pack.yaml", "CC0", "CC\t0",
	              "pack.yaml:5:12: a byte or character" NO_TEXT "09" ADVICE, 0 },
	            { "pack.yaml", "CC0", "CC0\r",
	              "pack.yaml:5:13: a byte or character" NO_TEXT "0d" ADVICE, 0 },
	            { "pack.yaml", "CC0", "a\342\200\256",
	              "pack.yaml:5:11: a byte or character" NO_TEXT "e2" ADVICE, 0 },
	            { "pack.yaml", "id:", "\357\273\277id:",
	              "pack.yaml:1:1: a byte or character" NO_TEXT "ef" ADVICE, 0 },
	            { "cell/m/os.yaml", "Yours", "\302\233",
	              "cell/m/os.yaml:2:12: a byte or character" NO_TEXT "c2" ADVICE, 0 });
}

static void an_escape_written_in_yaml_does_not_get_through(void **state)
{
	static const char *const texts[] = { "\"a\\e[2J\"", "\"a\\u202eb\"", "\"a\\0b\"",
		                             "\"a\\x9bb\"", "\"a\\tb\"",     "\"a\\U000e0041b\"" };
	struct fixture *x = *state;

	for (int i = 0; i < COUNT(texts); i++) {
		util_tree(x->pack, mini, COUNT(mini));
		edit(x, "pack.yaml", "CC0-1.0", texts[i]);
		assert_int_equal(build(x), -1);
		assert_int_equal(x->e.status, STATUS_PACK);
		assert_int_equal(x->f.list[0].line, 5);
		assert_int_equal(x->f.list[0].column, 10);
	}
}

static void yaml_has_no_anchors_aliases_and_tags(void **state)
{
	CHECK_SLIPS({ "pack.yaml", "CC0-1.0", "&x a",
	              "pack.yaml:5:10: anchors are not allowed; put the text in quotes", 0 },
	            { "pack.yaml", "CC0-1.0", "*x",
	              "pack.yaml:5:10: aliases are not allowed; put the text in quotes", 0 },
	            { "topic/t1.md", "A topic", "!x a",
	              "topic/t1.md:2:8: tags are not allowed; put the text in quotes", 0 },
	            { "pack.yaml", "id: mini", "---\nid: mini\n---",
	              "pack.yaml:3:1: a file holds one document only", 0 });
}

static void yaml_that_is_too_deep_is_refused(void **state)
{
	struct fixture *x = *state;
	struct buf b = { 0 };

	buf_fill(&b, '[', 50000);
	util_write(file_of(x, "sources.yaml"), b.data, b.len);
	refuses(x, "sources.yaml:1:17: this is nested deeper than 16 levels", 1);
	buf_release(&b);
}

static void front_matter_has_to_be_closed(void **state)
{
	static const char sentence[] =
		"topic/t1.md:1:1: this file must begin with fields between two lines \"---\"";

	CHECK_SLIPS({ "topic/t1.md", "---\nText", "Text", sentence, 0 },
	            { "topic/t1.md", "---\n", "", sentence, 0 },
	            { "topic/t1.md", "---\nText", "----\nText", sentence, 0 },
	            { "topic/t1.md", "---\n", "\n---\n", sentence, 0 });
}

static void front_matter_without_fields_is_refused(void **state)
{
	struct fixture *x = *state;

	util_write_text(file_of(x, "topic/t2.md"), "---\n---\n\nText.\n");
	assert_int_equal(build(x), -1);
	assert_int_equal(x->e.status, STATUS_PACK);
	assert_in_range(x->f.total, 1, 9);
}

static void a_topic_needs_prose(void **state)
{
	CHECK_SLIPS({ "topic/t1.md", "Text.\n", "",
	              "topic/t1.md:2:1: a topic needs prose below its fields", 0 },
	            { "topic/t1.md", "Text.\n", " \n\n",
	              "topic/t1.md:2:1: a topic needs prose below its fields", 0 });
}

static void files_have_the_names_of_their_ids(void **state)
{
	static const struct {
		const char *name, *want;
	} cases[] = { { "topic/Bad.md", "topic/Bad.md:0:0: files here are named ID.md, with an id "
		                        "of a-z, 0-9 and single hyphens" },
		      { "topic/x.txt", "topic/x.txt:0:0: files here are named ID.md, with an id of "
		                       "a-z, 0-9 and single hyphens" },
		      { "topic/.md~", NULL },
		      { "cell/m/x.yml", "cell/m/x.yml:0:0: files here are named ID.yaml, with an "
		                        "id of a-z, 0-9 and single hyphens" },
		      { "source.yaml", "source.yaml:0:0: a pack has nothing of this name" },
		      { "examples/e.md", "examples:0:0: a pack has nothing of this name" },
		      { "LICENCE", NULL } };
	struct fixture *x = *state;

	for (int i = 0; i < COUNT(cases); i++) {
		util_write_text(file_of(x, cases[i].name), "x\n");
		if (cases[i].want)
			refuses(x, cases[i].want, 1);
		else
			builds(x);
		util_write_text(x->out, "the database that was there before\n");
		unlink(file_of(x, cases[i].name));
		rmdir(file_of(x, "examples"));
	}
}

static void a_file_may_be_as_large_as_its_cap(void **state)
{
	struct fixture *x = *state;
	struct buf b = { 0 };
	size_t head;
	char *text = util_read(file_of(x, "topic/t1.md"), &head);

	buf_addn(&b, text, head);
	while (b.len < PACK_FILE_MAX)
		buf_add(&b, b.len % 60 ? "x" : "\n");
	util_write(file_of(x, "topic/t1.md"), b.data, b.len);
	builds(x);
	util_write_text(x->out, "the database that was there before\n");
	buf_addc(&b, 'x');
	util_write(file_of(x, "topic/t1.md"), b.data, b.len);
	assert_int_equal(build(x), -1);
	assert_int_equal(x->f.total, 1);
	assert_non_null(strstr(x->f.list[0].text, "topic/t1.md is larger than 131072 bytes"));
	check_untouched(x);
	buf_release(&b);
	free(text);
}

static void a_scalar_and_front_matter_have_caps_of_their_own(void **state)
{
	struct fixture *x = *state;
	struct buf b = { 0 };

	buf_fill(&b, 'x', PACK_SCALAR_MAX + 1);
	edit(x, "pack.yaml", "attribution: ours", "attribution: @");
	edit(x, "pack.yaml", "@", buf_str(&b));
	refuses(x, "pack.yaml:6:14: attribution is longer than 8192 bytes", 1);
	edit(x, "pack.yaml", "xx", "x");
	builds(x);
	util_write_text(x->out, "the database that was there before\n");
	buf_clear(&b);
	while (b.len <= PACK_FRONT_MAX)
		buf_add(&b, "# a comment that is long\n");
	buf_add(&b, "title:");
	edit(x, "topic/t1.md", "title:", buf_str(&b));
	refuses(x, "topic/t1.md:1:1: the front matter is longer than 65536 bytes", 1);
	buf_release(&b);
}

static void all_faults_of_all_files_come_in_one_run_and_in_order(void **state)
{
	static const char *const want[] = { "cell/m/os.yaml", "holders.yaml", "pack.yaml",
		                            "pack.yaml", "topic/t1.md" };
	struct fixture *x = *state;

	edit(x, "pack.yaml", "title:", "titel:");
	edit(x, "holders.yaml", "letter: C", "letter: c");
	edit(x, "cell/m/os.yaml", "verb: patches", "verb: two words");
	edit(x, "topic/t1.md", "Text.", "\001");
	assert_int_equal(build(x), -1);
	assert_int_equal(x->f.total, COUNT(want));
	for (int i = 0; i < COUNT(want); i++)
		assert_string_equal(x->f.list[i].file + strlen(x->pack) + 1, want[i]);
	assert_string_equal(x->e.msg, "5 faults; nothing was written");
	check_untouched(x);
}

static void of_many_faults_fifty_are_kept(void **state)
{
	struct fixture *x = *state;
	struct buf b = { 0 };

	for (int i = 0; i < 60; i++)
		buf_addf(&b, "- id: X%d\n  title: t\n  publisher: p\n", i);
	util_write(file_of(x, "sources.yaml"), b.data, b.len);
	assert_int_equal(build(x), -1);
	assert_int_equal(x->f.n, 50);
	assert_int_equal(x->f.total, 60);
	assert_string_equal(x->e.msg, "60 faults; nothing was written");
	check_untouched(x);
	buf_release(&b);
}

static void a_pack_cut_anywhere_never_crashes(void **state)
{
	struct fixture *x = *state;

	util_seed();
	for (int i = 0; i < 400; i++) {
		const struct util_file *file = &mini[util_random(COUNT(mini))];
		size_t n = strlen(file->text), cut = util_random((uint32_t)n);
		util_write(file_of(x, file->name), file->text, cut);
		faults_release(&x->f);
		if (util_build(x->pack, NULL, &x->f, &x->e)) {
			assert_int_equal(x->e.status, STATUS_PACK);
			assert_in_range(x->f.total, 1, 1000);
		}
		util_write_text(file_of(x, file->name), file->text);
	}
}

/* ---- what is no text file ---- */

static void a_link_or_a_pipe_in_a_pack_is_refused(void **state)
{
	struct fixture *x = *state;

	util_copy(file_of(x, "topic/t1.md"), util_path(x->dir, "outside.md"));
	assert_int_equal(symlink(util_path(x->dir, "outside.md"), file_of(x, "topic/t2.md")), 0);
	assert_int_equal(build(x), -1);
	assert_int_equal(x->e.status, STATUS_PACK);
	assert_non_null(strstr(x->f.list[0].text, "is a symbolic link"));
	check_untouched(x);
	unlink(file_of(x, "topic/t2.md"));
	assert_int_equal(mkfifo(file_of(x, "topic/t2.md"), 0600), 0);
	assert_int_equal(build(x), -1);
	assert_int_equal(x->e.status, STATUS_PACK);
	assert_non_null(strstr(x->f.list[0].text, "is not a regular file"));
	check_untouched(x);
}

static void a_folder_that_is_a_link_is_refused(void **state)
{
	struct fixture *x = *state;

	util_copy(file_of(x, "topic/t1.md"), util_path(x->dir, "outside/t2.md"));
	unlink(file_of(x, "topic/t1.md"));
	assert_int_equal(rmdir(file_of(x, "topic")), 0);
	assert_int_equal(symlink(util_path(x->dir, "outside"), file_of(x, "topic")), 0);
	assert_int_equal(build(x), -1);
	assert_int_equal(x->e.status, STATUS_PACK);
	check_untouched(x);
}

static void a_file_where_a_folder_belongs_is_a_fault_of_the_pack(void **state)
{
	struct fixture *x = *state;

	util_copy(file_of(x, "cell/m/os.yaml"), file_of(x, "cell/os.yaml"));
	assert_int_equal(build(x), -1);
	assert_int_equal(x->e.status, STATUS_PACK);
	assert_in_range(x->f.total, 1, 9);
	check_untouched(x);
}

static void what_is_no_pack_is_refused(void **state)
{
	struct fixture *x = *state;
	const char *none = util_path(x->dir, "none");

	assert_int_equal(util_build(none, x->out, &x->f, &x->e), -1);
	assert_int_equal(x->e.status, STATUS_DATA);
	assert_non_null(strstr(x->e.msg, none));
	util_assert_sentence(x->e.msg);
	unlink(file_of(x, "pack.yaml"));
	assert_int_equal(build(x), -1);
	assert_int_equal(x->e.status, STATUS_PACK);
	assert_string_equal(x->f.list[0].text, "this folder has no pack.yaml, so it is no pack");
	assert_string_equal(x->f.list[0].file, x->pack);
	check_untouched(x);
}

static void a_pack_alone_needs_a_matrix(void **state)
{
	struct fixture *x = *state;

	util_write_text(util_path(x->dir, "bare/pack.yaml"), mini[0].text);
	assert_int_equal(util_build(util_path(x->dir, "bare"), x->out, &x->f, &x->e), -1);
	assert_int_equal(x->f.total, 1);
	assert_string_equal(x->f.list[0].text, "there is no matrix in any pack");
	check_untouched(x);
}

/* ---- the file that is written ---- */

static void the_same_pack_gives_the_same_bytes_from_anywhere(void **state)
{
	struct fixture *x = *state;
	const char *other = util_path(x->dir, "a much longer name of a folder/pack"),
		   *out = util_path(x->dir, "o/b.db");

	builds(x);
	util_tree(other, mini, COUNT(mini));
	util_write_text(out, "");
	assert_int_equal(util_build(other, out, &x->f, &x->e), 0);
	assert_true(util_same(x->out, out));
	assert_int_equal(util_build(util_path(x->dir, "pack/"), out, &x->f, &x->e), 0);
	assert_true(util_same(x->out, out));
}

static void another_text_gives_another_sum(void **state)
{
	struct fixture *x = *state;
	struct buf one = { 0 }, two = { 0 };

	builds(x);
	util_each(x->out, "SELECT sha256 FROM pack", see_text, &one);
	assert_int_equal(one.len, 65);
	edit(x, "topic/t1.md", "Text.", "Text!");
	builds(x);
	util_each(x->out, "SELECT sha256 FROM pack", see_text, &two);
	assert_string_not_equal(buf_str(&one), buf_str(&two));
	buf_release(&one);
	buf_release(&two);
}

static void the_shipped_pack_gives_the_database_of_the_build(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(util_build(util_path(util_srcdir(), "db/azure"), x->out, &x->f, &x->e), 0);
	assert_true(util_same(x->out, util_db()));
}

static void overlay(struct fixture *x, const char *id, char *dir, size_t size)
{
	struct buf b = { 0 };

	snprintf(dir, size, "%s", util_path(x->dir, "over"));
	buf_addf(&b,
	         "id: %s\ntitle: Over\nversion: \"2\"\nlanguage: en\nlicence: CC0\nattribution: "
	         "us\n",
	         id);
	util_write(util_path(dir, "pack.yaml"), b.data, b.len);
	util_write_text(util_path(dir, "topic/t1.md"),
	                "---\ntitle: Another topic\nsummary: New.\nsources: [s1, s2]\n---\n"
	                "Other text.\n");
	util_write_text(util_path(dir, "sources.yaml"), "- id: s2\n  title: T\n  publisher: P\n");
	util_write_text(util_path(dir, "aliases.yaml"),
	                "- id: older\n  old: Older\n  now: Newer\n  kind: rename\n  text: So it is.\n"
	                "  see: [topic/t1]\n  sources: [s2]\n");
	buf_release(&b);
}

static void a_later_pack_lies_over_an_earlier_one(void **state)
{
	struct fixture *x = *state;
	char over[1024];
	const char *dirs[] = { x->pack, over };

	overlay(x, "mine", over, sizeof over);
	if (pack_build(dirs, 2, x->out, &x->f, &x->e))
		fail_msg("%s", x->e.msg);
	check_query(x->out, "SELECT slug || ' ' || version FROM pack ORDER BY id",
	            "mini 1\nmine 2\n");
	check_query(x->out, "SELECT title || ' ' || pack FROM entry WHERE kind = 'topic'",
	            "Another topic 2\n");
	check_query(x->out, "SELECT link FROM entry WHERE kind = 'source' ORDER BY id",
	            "source/s1\nsource/s2\n");
	check_query(x->out, "SELECT count(*) FROM entry WHERE pack = 1", "13\n");
}

static void the_lower_pack_is_not_searched_for_what_lies_under(void **state)
{
	struct fixture *x = *state;
	char over[1024];
	const char *dirs[] = { x->pack, over };

	overlay(x, "mine", over, sizeof over);
	assert_int_equal(pack_build(dirs, 2, x->out, &x->f, &x->e), 0);
	check_query(x->out, "SELECT count(*) FROM search WHERE search MATCH 'Know'", "0\n");
	check_query(x->out, "SELECT count(*) FROM search WHERE search MATCH '\"Another topic\"'",
	            "1\n");
}

static void two_packs_of_one_id_are_refused_in_a_sentence(void **state)
{
	struct fixture *x = *state;
	char over[1024];
	const char *dirs[] = { x->pack, over };

	overlay(x, "mini", over, sizeof over);
	if (pack_build(dirs, 2, x->out, &x->f, &x->e)) {
		assert_int_equal(x->e.status, STATUS_PACK);
		assert_int_equal(x->f.total, 1);
	} else {
		check_query(x->out, "SELECT count(*) FROM pragma_foreign_key_check", "0\n");
	}
}

static void the_upper_pack_alone_shows_what_it_stands_on(void **state)
{
	struct fixture *x = *state;
	char over[1024];

	overlay(x, "mine", over, sizeof over);
	assert_int_equal(util_build(over, x->out, &x->f, &x->e), -1);
	assert_int_equal(x->f.total, 2);        /* no source s1, no matrix */
	check_untouched(x);
}

static void a_place_that_cannot_be_written_is_named(void **state)
{
	struct fixture *x = *state;
	const char *const places[] = { "missing/onus.db", "pack/pack.yaml/onus.db", "pack" };

	for (int i = 0; i < COUNT(places); i++) {
		const char *out = util_path(x->dir, places[i]);
		assert_int_equal(util_build(x->pack, out, &x->f, &x->e), -1);
		assert_int_equal(x->e.status, STATUS_DATA);
		assert_int_equal(x->f.total, 0);
		assert_non_null(strstr(x->e.msg, out));
		util_assert_sentence(x->e.msg);
	}
	assert_int_equal(util_count(x->dir), 2);        /* pack, out: nothing was left behind */
	assert_int_equal(util_build(x->pack, "/proc/onus.db", &x->f, &x->e), -1);
	assert_int_equal(x->e.status, STATUS_DATA);
}

static void a_rest_of_an_earlier_run_is_no_obstacle(void **state)
{
	struct fixture *x = *state;
	char rest[1100];

	snprintf(rest, sizeof rest, "%s.%ld.new", x->out, (long)getpid());
	util_write_text(rest, "half a database");
	builds(x);
	check_query(x->out, "PRAGMA integrity_check", "ok\n");
	assert_int_equal(util_count(util_path(x->dir, "out")), 1);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_small_pack_becomes_a_database),
		TEST(cells_have_their_holders_and_duties),
		TEST(links_come_from_fields_and_from_prose),
		TEST(what_an_entry_is_about_is_found_by_its_old_names),
		TEST(a_check_writes_nothing),
		TEST(fields_that_no_file_has_are_refused),
		TEST(fields_that_stand_twice_are_refused),
		TEST(fields_that_are_missing_are_named),
		TEST(fields_of_another_type_are_refused),
		TEST(ids_that_stand_twice_are_refused),
		TEST(what_one_pack_has_twice_names_the_other_place),
		TEST(links_that_lead_nowhere_are_found_in_fields),
		TEST(links_that_lead_nowhere_are_found_in_prose),
		TEST(a_link_in_prose_on_the_line_of_its_key_has_that_line),
		TEST(sources_that_are_missing_are_named),
		TEST(a_matrix_says_all_of_its_cells),
		TEST(a_band_without_layers_is_refused),
		TEST(bands_follow_each_other_as_they_are_listed),
		TEST(whoever_answers_for_a_cell_has_a_duty_in_it),
		TEST(cells_outside_of_their_matrix_are_refused),
		TEST(words_dates_and_addresses_have_their_forms),
		TEST(two_words_of_a_choice_are_not_one),
		TEST(labels_have_to_fit_their_columns),
		TEST(labels_may_fill_their_columns),
		TEST(bytes_that_no_text_may_hold_have_a_place),
		TEST(an_escape_written_in_yaml_does_not_get_through),
		TEST(yaml_has_no_anchors_aliases_and_tags),
		TEST(yaml_that_is_too_deep_is_refused),
		TEST(front_matter_has_to_be_closed),
		TEST(front_matter_without_fields_is_refused),
		TEST(a_topic_needs_prose),
		TEST(files_have_the_names_of_their_ids),
		TEST(a_file_may_be_as_large_as_its_cap),
		TEST(a_scalar_and_front_matter_have_caps_of_their_own),
		TEST(all_faults_of_all_files_come_in_one_run_and_in_order),
		TEST(of_many_faults_fifty_are_kept),
		TEST(a_pack_cut_anywhere_never_crashes),
		TEST(a_link_or_a_pipe_in_a_pack_is_refused),
		TEST(a_folder_that_is_a_link_is_refused),
		TEST(a_file_where_a_folder_belongs_is_a_fault_of_the_pack),
		TEST(what_is_no_pack_is_refused),
		TEST(a_pack_alone_needs_a_matrix),
		TEST(the_same_pack_gives_the_same_bytes_from_anywhere),
		TEST(another_text_gives_another_sum),
		TEST(the_shipped_pack_gives_the_database_of_the_build),
		TEST(a_later_pack_lies_over_an_earlier_one),
		TEST(the_lower_pack_is_not_searched_for_what_lies_under),
		TEST(two_packs_of_one_id_are_refused_in_a_sentence),
		TEST(the_upper_pack_alone_shows_what_it_stands_on),
		TEST(a_place_that_cannot_be_written_is_named),
		TEST(a_rest_of_an_earlier_run_is_no_obstacle),
	};

	util_start();
	text_init();
	return UTIL_RUN("packs: text files become a database, or faults with their places", tests);
}
