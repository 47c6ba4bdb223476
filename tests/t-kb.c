#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "kb/kb.h"
#include "text/text.h"
#include "util.h"

/* ---- what is no content database ---- */

static void refuses(const char *file, const char *what, const char *advice)
{
	struct kb *kb = (struct kb *)1;
	struct err e = { 0 };

	assert_int_equal(kb_open(&kb, file, &e), -1);
	assert_null(kb);
	assert_int_equal(e.status, STATUS_CONTENT);
	util_assert_sentence(e.msg);
	assert_non_null(strstr(e.msg, file));
	if (!strstr(e.msg, what) || !strstr(e.msg, advice))
		fail_msg("\"%s\" lacks \"%s\" or \"%s\"", e.msg, what, advice);
}

static void a_missing_database_is_named_with_what_to_do(void **state)
{
	refuses(util_path(*state, "none.db"), "No such file or directory", "--db");
	refuses(util_path(*state, "none.db"), "cannot read the content database",
	        "install onus again");
}

static void files_that_are_no_database_of_onus_are_refused(void **state)
{
	const char *file = util_path(*state, "x.db");

	util_write_text(file, "");
	refuses(file, "is not a content database of onus", "--db");
	util_write_text(file, "This is a text and not a database.\n");
	refuses(file, "damaged", "install onus again");
	unlink(file);
	util_sql(file, "CREATE TABLE t(x); INSERT INTO t VALUES (1)");
	refuses(file, "is not a content database of onus", "--db");
}

static void a_folder_and_a_pipe_are_no_database(void **state)
{
	const char *pipe = util_path(*state, "pipe");

	refuses(*state, "is not a file", "--db");
	assert_int_equal(mkfifo(pipe, 0600), 0);
	refuses(pipe, "is not a file", "--db");
}

static void databases_of_another_format_are_refused(void **state)
{
	const char *file = util_path(*state, "x.db");

	util_copy(util_db(), file);
	util_sql(file, "PRAGMA user_version = 2");
	refuses(file, "has format 2, this onus knows 1", "install a newer onus");
	util_sql(file, "PRAGMA user_version = 0");
	refuses(file, "has format 0, this onus needs 1", "onus pack build");
	util_sql(file, "PRAGMA user_version = 1; PRAGMA application_id = 7");
	refuses(file, "is not a content database of onus", "--db");
}

static void a_database_without_its_tables_is_refused(void **state)
{
	const char *file = util_path(*state, "x.db");

	util_sql(file,
	         "PRAGMA application_id = 1869510003; PRAGMA user_version = 1; CREATE TABLE t(x)");
	refuses(file, "damaged (HOLDERS: no such table: holder)", "install onus again");
}

static void a_name_with_signs_of_an_address_is_opened_as_it_is(void **state)
{
	static const char *const names[] = { "a?mode=memory", "a#b", "a%41", "a b", "\303\244.db" };

	for (int i = 0; i < COUNT(names); i++) {
		const char *file = util_path(*state, names[i]);
		util_copy(util_db(), file);
		kb_close(util_open(file));
	}
	assert_int_equal(util_count(*state), COUNT(names));
}

static void reading_writes_nothing(void **state)
{
	const char *file = util_path(*state, "x.db");
	struct hits hits;
	struct err e = { 0 };
	struct kb *kb;

	util_copy(util_db(), file);
	kb = util_open(file);
	assert_int_equal(kb_search(kb, "patch", 10, &hits, &e), 0);
	assert_int_equal(util_count(*state), 1);
	hits_release(&hits);
	kb_close(kb);
	assert_true(util_same(file, util_db()));
}

/* ---- the shipped matrix ---- */

static struct kb_matrix matrix_of(struct kb *kb, const char *slug)
{
	struct kb_matrix m;
	struct err e = { 0 };

	assert_int_equal(kb_matrix(kb, slug, &m, &e), 1);
	return m;
}

static void the_first_matrix_is_that_of_azure(void **state)
{
	struct kb_matrix first = matrix_of(*state, NULL), azure = matrix_of(*state, "azure");

	assert_string_equal(first.slug, "azure");
	assert_string_equal(first.link, "matrix/azure");
	assert_int_equal(first.id, azure.id);
	assert_int_equal(first.layers, 10);
	assert_int_equal(first.models, 4);
	kb_matrix_release(&first);
	kb_matrix_release(&azure);
}

static void a_matrix_that_is_not_there_is_not_found(void **state)
{
	struct kb_matrix m;
	struct err e = { 0 };

	assert_int_equal(kb_matrix(*state, "aws", &m, &e), 0);
	assert_int_equal(kb_matrix(*state, "", &m, &e), 0);
	assert_null(m.slug);
}

static void the_cells_are_those_of_the_diagram(void **state)
{
	static const char *const want[] = { "CCCC", "CCCC", "CCCC", "SSCC", "MSCC",
		                            "MSCC", "MMCC", "MMMC", "MMMC", "MMMC" };
	struct kb_matrix m = matrix_of(*state, "azure");
	struct err e = { 0 };
	struct cell cell[40];

	assert_int_equal(kb_cells(*state, m.id, 0, 10, 0, 4, cell, &e), 0);
	for (int i = 0; i < 40; i++)
		assert_int_equal(kb_holder(*state, cell[i].holder)->letter, want[i / 4][i % 4]);
	kb_matrix_release(&m);
}

static void of_forty_cells_23_are_the_customers_13_microsofts_and_4_shared(void **state)
{
	struct kb_matrix m = matrix_of(*state, "azure");
	struct tally *tally;
	struct err e = { 0 };
	int n, seen = 0;

	assert_int_equal(kb_tally(*state, m.id, &tally, &n, &e), 0);
	assert_int_equal(n, 3);
	for (int i = 0; i < n; i++) {
		const char *slug = kb_holder(*state, tally[i].holder)->slug;
		int want = !strcmp(slug, "customer") ? 23 : !strcmp(slug, "microsoft") ? 13 : 4;
		assert_int_equal(tally[i].cells, want);
		seen += want;
	}
	assert_int_equal(seen, 40);
	free(tally);
	kb_matrix_release(&m);
}

static void heads_stand_in_the_order_of_the_pack(void **state)
{
	static const char *const layers[] = { "data",    "devices",   "accounts", "identity",
		                              "apps",    "network",   "os",       "hosts",
		                              "physnet", "datacenter" },
				 *const models[] = { "saas", "paas", "iaas", "onprem" };
	struct kb_matrix m = matrix_of(*state, "azure");
	struct head head[10] = { { .slug = NULL } };
	struct err e = { 0 };

	assert_int_equal(kb_layers(*state, m.id, 0, 10, head, &e), 0);
	for (int i = 0; i < 10; i++) {
		assert_string_equal(head[i].slug, layers[i]);
		assert_int_equal(head[i].band, i < 3 ? 0 : i < 7 ? 1 : 2);
		for (int k = 1; k < 3; k++)
			assert_true(text_columns(head[i].label[k]) <=
			            text_columns(head[i].label[k - 1]));
		head_release(&head[i]);
	}
	assert_int_equal(kb_models(*state, m.id, 1, 3, head, &e), 0);
	for (int i = 0; i < 3; i++) {
		assert_string_equal(head[i].slug, models[i + 1]);
		head_release(&head[i]);
	}
	kb_matrix_release(&m);
}

static void a_window_beyond_the_edge_is_empty_there(void **state)
{
	struct kb_matrix m = matrix_of(*state, "azure");
	struct head head[3] = { { .slug = NULL } };
	struct err e = { 0 };
	struct cell cell[9];

	assert_int_equal(kb_layers(*state, m.id, 9, 3, head, &e), 0);
	assert_string_equal(head[0].slug, "datacenter");
	assert_null(head[1].slug);
	assert_null(head[2].slug);
	head_release(&head[0]);
	assert_int_equal(kb_cells(*state, m.id, 9, 3, 3, 3, cell, &e), 0);
	assert_string_equal(kb_holder(*state, cell[0].holder)->slug, "customer");
	for (int i = 1; i < 9; i++)
		assert_int_equal(cell[i].holder, 0);
	kb_matrix_release(&m);
}

static void bands_begin_where_their_layers_do(void **state)
{
	struct kb_matrix m = matrix_of(*state, "azure");
	struct band *band;
	struct err e = { 0 };
	int n;

	assert_int_equal(kb_bands(*state, m.id, &band, &n, &e), 0);
	assert_int_equal(n, 3);
	assert_int_equal(band[0].first, 0);
	assert_int_equal(band[1].first, 3);
	assert_int_equal(band[2].first, 7);
	assert_true(text_columns(band[0].shorter) <= text_columns(band[0].name));
	kb_bands_free(band, n);
	kb_matrix_release(&m);
}

static void a_holder_that_is_none_shows_as_a_question_mark(void **state)
{
	static const int ids[] = { 0, -1, 99, INT32_MAX, INT32_MIN };

	for (int i = 0; i < COUNT(ids); i++) {
		assert_int_equal(kb_holder(*state, ids[i])->letter, '?');
		assert_string_equal(kb_holder(*state, ids[i])->word, "?");
	}
	assert_in_range(kb_holder_count(*state), 3, 50);
	assert_int_equal(kb_holder(*state, kb_holder_count(*state))->id, kb_holder_count(*state));
}

static void the_content_names_its_pack_version_and_sum(void **state)
{
	struct err e = { 0 };
	const char *content;

	for (int i = 0; i < 2; i++) {
		assert_int_equal(kb_content(*state, &content, &e), 0);
		assert_int_equal(strncmp(content, "azure 2026.", 11), 0);
		assert_int_equal(strlen(strrchr(content, ' ') + 1), 64);
	}
}

static void a_hole_in_the_heads_stays_a_hole(void **state)
{
	const char *file = util_path(*state, "x.db");
	struct head head[10] = { { .slug = NULL } };
	struct err e = { 0 };
	struct kb_matrix m;
	struct kb *kb;

	util_copy(util_db(), file);
	util_sql(file, "DELETE FROM layer WHERE position = 2");
	kb = util_open(file);
	m = matrix_of(kb, "azure");
	assert_int_equal(kb_layers(kb, m.id, 0, 10, head, &e), 0);
	assert_null(head[2].slug);
	assert_string_equal(head[9].slug, "datacenter");
	for (int i = 0; i < 10; i++)
		head_release(&head[i]);
	kb_matrix_release(&m);
	kb_close(kb);
}

/* ---- links ---- */

static void check_resolve(struct kb *kb, const char *text, const char *matrix, const char *want)
{
	struct kb_link to;
	struct err e = { 0 };

	if (kb_resolve(kb, text, matrix, &to, &e))
		fail_msg("%s: %s", text, e.msg);
	assert_string_equal(to.link, want);
	assert_null(to.section);
	kb_link_release(&to);
}

static void a_link_may_be_written_in_many_forms(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = { { "azure:paas/os", "azure:paas/os" },
		      { "paas/os", "azure:paas/os" },
		      { "os/paas", "azure:paas/os" },
		      { "azure:os/paas", "azure:paas/os" },
		      { "PaaS/OS", "azure:paas/os" },
		      { "AZURE:OS/Paas", "azure:paas/os" },
		      { "paas", "azure:paas" },
		      { "azure:paas", "azure:paas" },
		      { "os", "azure:layer/os" },
		      { "layer/os", "azure:layer/os" },
		      { "azure:layer/os", "azure:layer/os" },
		      { "azure:os", "azure:layer/os" },
		      { "azure", "matrix/azure" },
		      { "matrix/azure", "matrix/azure" },
		      { "practice/patch-guest-os", "practice/patch-guest-os" },
		      { "Practice/Patch-Guest-OS", "practice/patch-guest-os" },
		      { "patch-guest-os", "practice/patch-guest-os" },
		      { "alias/azure-ad", "alias/azure-ad" },
		      { "control/mcsb-v1/PV-6", "control/mcsb-v1/PV-6" },
		      { "control/mcsb-v1/pv-6", "control/mcsb-v1/PV-6" },
		      { "services", "service/" },
		      { "service/", "service/" },
		      { "index", "index" },
		      { "source/ours", "source/ours" },
		      { "topic/compliance", "topic/compliance" } };

	for (int i = 0; i < COUNT(cases); i++)
		check_resolve(*state, cases[i].text, NULL, cases[i].want);
	check_resolve(*state, "paas/os", "azure", "azure:paas/os");
	check_resolve(*state, "paas/os", "no-such-matrix", "azure:paas/os");
}

static void an_old_name_leads_to_what_it_is_now_and_says_so(void **state)
{
	static const struct {
		const char *text, *link, *notice;
	} cases[] = {
		{ "azure-ad", "service/entra-id", "Azure Active Directory, now Microsoft Entra ID, 2023-08-15" },
		{ "service/azure-ad", "service/entra-id",
		  "Azure Active Directory, now Microsoft Entra ID, 2023-08-15" },
		{ "Service/Azure-AD", "service/entra-id",
		  "Azure Active Directory, now Microsoft Entra ID, 2023-08-15" },
		{ "service/azure-sentinel", "alias/azure-sentinel",
		  "Azure Sentinel, now Microsoft Sentinel, 2021-11" },
	};

	for (int i = 0; i < COUNT(cases); i++) {
		struct kb_link to;
		struct err e = { 0 };
		assert_int_equal(kb_resolve(*state, cases[i].text, NULL, &to, &e), 0);
		assert_string_equal(to.link, cases[i].link);
		assert_string_equal(to.notice, cases[i].notice);
		kb_link_release(&to);
	}
}

static void every_link_of_the_database_resolves_to_itself(void *ctx, const char *link)
{
	check_resolve(ctx, link, NULL, link);
}

static void every_link_is_itself(void **state)
{
	util_each(util_db(), "SELECT link FROM entry",
	          every_link_of_the_database_resolves_to_itself, *state);
}

static void what_follows_a_hash_is_the_section(void **state)
{
	static const struct {
		const char *text, *section;
	} cases[] = { { "paas/os#examples", "examples" },
		      { "os/paas#", "" },
		      { "azure:paas/os#a#b", "a#b" } };

	for (int i = 0; i < COUNT(cases); i++) {
		struct kb_link to;
		struct err e = { 0 };
		assert_int_equal(kb_resolve(*state, cases[i].text, NULL, &to, &e), 0);
		assert_string_equal(to.link, "azure:paas/os");
		assert_string_equal(to.section, cases[i].section);
		kb_link_release(&to);
	}
}

static void check_unknown(struct kb *kb, const char *text, const char *want)
{
	struct kb_link to = { (char *)1, (char *)1, (char *)1 };
	struct err e = { 0 };

	assert_int_equal(kb_resolve(kb, text, NULL, &to, &e), -1);
	assert_int_equal(e.status, STATUS_LINK);
	assert_null(to.link);
	assert_null(to.section);
	assert_null(to.notice);
	if (!strstr(e.msg, want))
		fail_msg("%s: \"%s\" lacks \"%s\"", text, e.msg, want);
}

static void a_slip_of_the_pen_gets_a_suggestion(void **state)
{
	check_unknown(*state, "azure:paas/od", "did you mean azure:paas/os?");
	check_unknown(*state, "paas/so", "did you mean azure:paas/os?");
	check_unknown(*state, "practice/patch-guset-os", "did you mean practice/patch-guest-os?");
	check_unknown(*state, "pass", "did you mean azure:paas?");
	check_unknown(*state, "netwrok", "did you mean azure:layer/network?");
}

static void what_is_near_nothing_is_just_unknown(void **state)
{
	check_unknown(*state, "zzzzzzzzzzzzzzzz",
	              "there is no zzzzzzzzzzzzzzzz; onus search WORDS finds links");
	check_unknown(*state, "qqqqqq/xxxxxx", "onus search WORDS finds links");
	check_unknown(*state, "xyzzy:paas/os", "there is no xyzzy:paas/os");
}

static void an_empty_link_leads_nowhere(void **state)
{
	static const char *const texts[] = { "", " ", ":", "/", "::", "//", "#", "#examples" };

	for (int i = 0; i < COUNT(texts); i++)
		check_unknown(*state, texts[i],
		              i == 7 ? "there is no #examples" : "an empty link leads nowhere");
}

static void a_stack_with_what_is_no_service_leads_nowhere(void **state)
{
	check_unknown(*state, "stack/vm+zzzzzzzzzzzzzzzz", "there is no service/zzzzzzzzzzzzzzzz");
	check_unknown(*state, "stack/azure-ad+zzzzzzzzzzzzzzzz", "there is no service/zzzzzzzzzzzzzzzz");
	check_unknown(*state, "stack/vm++aks", "a service is missing behind stack/vm+");
	check_unknown(*state, "stack/#vm", "a service is missing behind stack/");
}

static void hostile_links_are_unknown(void **state)
{
	static const char *const texts[] = { "a:b:c", "a/b/c/d", "%", "' OR 1=1 --", "azure:%/%",
		"\033[2J", "\377\376", "azure:", "/os", "paas/", ":paas", "\n", "azure:paas\n/os" };
	struct buf big = { 0 };

	for (int i = 0; i < COUNT(texts); i++)
		check_unknown(*state, texts[i], "there is no ");
	buf_fill(&big, 'a', 100000);
	check_unknown(*state, buf_str(&big), "there is no aaaa");
	buf_release(&big);
}

/* A second matrix with one model of its own and one that azure has too. */
static const char second[] =
	"INSERT INTO entry VALUES (9001, 'matrix', 'matrix/other', 'Other', '', 1),"
	" (9002, 'model', 'other:faas', 'FaaS', '', 1), (9003, 'model', 'other:paas', 'PaaS', "
        "'', 1),"
	" (9004, 'practice', 'practice/both', 'P', '', 1), (9005, 'topic', 'topic/both', 'T', "
        "'', 1);"
	"INSERT INTO matrix VALUES (9001, 'other', '', '', '', 0, 2);"
	"INSERT INTO model VALUES (9002, 9001, 0, 'faas', 'FaaS', 'FaaS', 'F'), (9003, 9001, 1, "
        "'paas', 'P', 'P', 'P');";

static void without_a_matrix_the_current_one_counts_then_azure_then_the_only_one(void **state)
{
	const char *file = util_path(*state, "x.db");
	struct kb *kb;

	util_copy(util_db(), file);
	util_sql(file, second);
	kb = util_open(file);
	check_resolve(kb, "paas", NULL, "azure:paas");
	check_resolve(kb, "paas", "other", "other:paas");
	check_resolve(kb, "faas", NULL, "other:faas");
	check_resolve(kb, "saas", "other", "azure:saas");
	check_resolve(kb, "other:paas", "azure", "other:paas");
	check_unknown(kb, "both", "there is no both");
	kb_close(kb);
}

static void a_place_is_known_of_what_stands_in_a_matrix(void **state)
{
	static const struct {
		const char *link; int found, layer, model;
	} cases[] = { { "azure:paas/os", 1, 6, 1 },
		      { "azure:layer/os", 1, 6, -1 },
		      { "azure:onprem", 1, -1, 3 },
		      { "matrix/azure", 1, -1, -1 },
		      { "topic/compliance", 0, -1, -1 } };

	for (int i = 0; i < COUNT(cases); i++) {
		struct kb_entry entry;
		struct kb_place place;
		struct err e = { 0 };
		assert_int_equal(kb_entry(*state, cases[i].link, &entry, &e), 1);
		assert_int_equal(kb_place(*state, entry.id, &place, &e), cases[i].found);
		assert_int_equal(place.layer, cases[i].layer);
		assert_int_equal(place.model, cases[i].model);
		free(place.matrix);
		kb_entry_release(&entry);
	}
}

/* ---- search ---- */

static int64_t found(struct kb *kb, const char *words)
{
	struct hits hits;
	struct err e = { 0 };
	int64_t total;

	if (kb_search(kb, words, 5000, &hits, &e))
		fail_msg("%.60s: %s", words, e.msg);
	assert_int_equal(hits.n, hits.total);
	total = hits.total;
	hits_release(&hits);
	return total;
}

static bool finds(struct kb *kb, const char *words, const char *link)
{
	struct hits hits;
	struct err e = { 0 };
	bool yes = false;

	assert_int_equal(kb_search(kb, words, 5000, &hits, &e), 0);
	for (int i = 0; i < hits.n; i++)
		yes = yes || !strcmp(hits.hit[i].link, link);
	hits_release(&hits);
	return yes;
}

static void all_words_must_occur(void **state)
{
	int64_t guest = found(*state, "guest"), both = found(*state, "guest patching");

	assert_in_range(both, 1, guest - 1);
	assert_int_equal(found(*state, "patching guest"), both);
	assert_int_equal(found(*state, "guest zzzzzz"), 0);
}

static void a_word_is_found_by_its_beginning(void **state)
{
	assert_true(finds(*state, "patc gue", "practice/patch-guest-os"));
	assert_true(found(*state, "p") >= found(*state, "pa"));
	assert_true(found(*state, "pa") >= found(*state, "patch"));
	assert_int_equal(found(*state, "atch"), 0);
}

static void case_and_diacritics_do_not_matter(void **state)
{
	assert_in_range(found(*state, "patch"), 1, 400);
	assert_int_equal(found(*state, "PATCH"), found(*state, "patch"));
	assert_int_equal(found(*state, "p\303\244tch"), found(*state, "patch"));
	assert_int_equal(found(*state, "pa\314\201tch"), found(*state, "patch"));
}

static void punctuation_separates_words(void **state)
{
	int64_t want = found(*state, "multi factor");

	assert_in_range(want, 1, 400);
	assert_int_equal(found(*state, "multi-factor"), want);
	assert_int_equal(found(*state, "  multi ,,, factor!  "), want);
	assert_int_equal(found(*state, "multi/factor"), want);
	assert_int_equal(found(*state, "multi\377factor"), want);
}

static void no_words_find_nothing(void **state)
{
	static const char *const texts[] = { "",   " ",    "-",    "\"",           "***",
		                             "()", "\t\n", "\377", "\342\200\256", "\314\201" };

	for (int i = 0; i < COUNT(texts); i++)
		assert_int_equal(found(*state, texts[i]), 0);
}

static void nothing_that_is_typed_is_syntax(void **state)
{
	static const char *const pairs[][2] = { { "NEAR( AND \"", "near and" },
		                                { "patch*", "patch" },
		                                { "title:patch", "title patch" },
		                                { "title : patch", "title patch" },
		                                { "patch OR zzzz", "patch or zzzz" },
		                                { "patch NOT guest", "patch not guest" },
		                                { "^patch", "patch" },
		                                { "(patch)", "patch" },
		                                { "{title}: patch", "title patch" },
		                                { "-patch", "patch" },
		                                { "patch + guest", "patch guest" },
		                                { "\"patch", "patch" },
		                                { "NEAR(patch guest, 2)", "near patch guest 2" },
		                                { "'; DROP TABLE entry; --", "drop table entry" },
		                                { "AND", "and" },
		                                { "patch AND", "patch and" } };

	for (int i = 0; i < COUNT(pairs); i++)
		assert_int_equal(found(*state, pairs[i][0]), found(*state, pairs[i][1]));
	assert_in_range(found(*state, "patch*"), 1, 400);
}

static void thousands_of_words_are_searched(void **state)
{
	struct buf b = { 0 };

	for (int i = 0; i < 5000; i++)
		buf_addf(&b, "w%d ", i);
	assert_int_equal(found(*state, buf_str(&b)), 0);
	buf_release(&b);
}

/* A search takes 5 ms under sanitizers; a second is far more than it may take. */
static void a_word_that_is_typed_again_and_again_costs_nothing(void **state)
{
	int64_t want = found(*state, "a");
	clock_t from = clock();
	struct buf b = { 0 };

	for (int i = 0; i < 60; i++)
		buf_add(&b, "a ");
	assert_int_equal(found(*state, buf_str(&b)), want);
	assert_in_range(clock() - from, 0, CLOCKS_PER_SEC);
	buf_release(&b);
}

static void a_very_long_word_is_searched(void **state)
{
	struct buf b = { 0 };

	buf_fill(&b, 'a', 200000);
	assert_int_equal(found(*state, buf_str(&b)), 0);
	buf_release(&b);
}

static void old_names_are_found(void **state)
{
	assert_true(finds(*state, "Azure Active Directory", "alias/azure-ad"));
	assert_true(finds(*state, "AAD", "alias/azure-ad"));
}

static void the_best_come_first_and_at_most_as_many_as_asked_for(void **state)
{
	struct hits hits;
	struct err e = { 0 };

	assert_int_equal(kb_search(*state, "azure", 3, &hits, &e), 0);
	assert_int_equal(hits.n, 3);
	assert_true(hits.total > 3);
	hits_release(&hits);
	assert_int_equal(kb_search(*state, "least privilege", 9, &hits, &e), 0);
	assert_string_equal(hits.hit[0].link, "term/least-privilege");
	assert_string_equal(hits.hit[1].link, "practice/least-privilege");
	assert_non_null(strchr(hits.hit[0].snippet, ' '));
	hits_release(&hits);
	assert_int_equal(kb_search(*state, "azure", 0, &hits, &e), 0);
	assert_int_equal(hits.n, 0);
	hits_release(&hits);
}

static void what_is_called_so_comes_first_in_a_ranking_too(void **state)
{
	static const char *const pairs[][2] = { { "azure ad", "alias/azure-ad" },
		                                { "Azure AD", "alias/azure-ad" },
		                                { "iaas", "term/iaas" },
		                                { "PV-6", "control/mcsb-v1/PV-6" } };

	for (int i = 0; i < COUNT(pairs); i++) {
		struct hits hits;
		struct err e = { 0 };
		assert_int_equal(kb_search(*state, pairs[i][0], 1, &hits, &e), 0);
		assert_string_equal(hits.hit[0].link, pairs[i][1]);
		hits_release(&hits);
	}
}

/* ---- search while one types ---- */

/* What is found, as "link link ... n", in which n is how many; a + behind it where there are more. */
static const char *found_now(struct kb *kb, const char *typed, int most)
{
	static char line[4000];
	struct buf text = { 0 };
	struct words words;
	struct finds finds;
	struct err e = { 0 };

	assert_int_equal(kb_find(kb, typed, &words, &finds, &e), 0);
	for (int i = 0; i < finds.n; i++) {
		struct found found;
		assert_in_range(finds.find[i].kind, 0, KIND__COUNT - 1);
		if (i)
			assert_true(finds.find[i].how > finds.find[i - 1].how ||
			            finds.find[i].kind > finds.find[i - 1].kind ||
			            finds.find[i].id > finds.find[i - 1].id);
		if (i >= most)
			continue;
		assert_int_equal(kb_found(kb, finds.find[i].id, &found, &e), 1);
		buf_addf(&text, "%s ", found.link);
		found_release(&found);
	}
	snprintf(line, sizeof line, "%s%d%s", buf_str(&text), finds.n, finds.more ? "+" : "");
	words_release(&words);
	finds_release(&finds);
	buf_release(&text);
	return line;
}

static int found_count(struct kb *kb, const char *typed)
{
	return (int)strtol(found_now(kb, typed, 0), NULL, 10);
}

static void check_first(struct kb *kb, const char *typed, const char *want)
{
	const char *line = found_now(kb, typed, 9);

	if (strncmp(line, want, strlen(want)) != 0)
		fail_msg("%s: \"%.200s\" does not begin with \"%s\"", typed, line, want);
}

static void what_is_called_so_comes_first(void **state)
{
	check_first(*state, "azure ad", "service/entra-id alias/azure-ad ");
	check_first(*state, "Azure AD", "service/entra-id alias/azure-ad ");
	check_first(*state, "AZURE AD", "service/entra-id alias/azure-ad ");
	check_first(*state, "iaas", "azure:iaas azure-2026:iaas ");
	check_first(*state, "PV-6", "control/mcsb-v1/PV-6 ");
	check_first(*state, "pv 6", "control/mcsb-v1/PV-6 ");
	check_first(*state, "mfa", "term/mfa ");
}

static void as_one_types_it_finds_what_the_ranking_finds(void **state)
{
	static const char *const texts[] = { "patch", "guest patch", "patch*", "near( and \"", "p\303\244tch",
		                             "multi/factor", "a", "", " ", "***", "\314\201", "zzzzzz",
		                             "'; drop table entry; --", "title:patch" };

	for (int i = 0; i < COUNT(texts); i++) {
		int want = (int)found(*state, texts[i]), is = found_count(*state, texts[i]);
		if (want >= 5 && is != want)
			fail_msg("%s: %d, not %d", texts[i], is, want);
		assert_true(is >= want);
	}
}

static void a_capital_makes_its_word_strict(void **state)
{
	int any = found_count(*state, "patch"), capital = found_count(*state, "Patch");

	assert_in_range(capital, 1, any - 1);
	assert_int_equal(found_count(*state, "PATCH"), 0);
	assert_int_equal(found_count(*state, "P\303\244tch"), capital);
	assert_in_range(found_count(*state, "Patch guest"), 1, found_count(*state, "patch guest"));
}

static void parts_of_words_are_found_where_little_begins_so(void **state)
{
	assert_non_null(strstr(found_now(*state, "crypt", 50), "practice/encrypt-at-rest "));
	check_first(*state, "ulti-factor", "practice/");
	assert_true(found_count(*state, "ncrypt in") > 0);
	assert_int_equal(found_count(*state, "ncrypt zq"), 0);
	assert_int_equal(found_count(*state, "nc"), 0);
	assert_int_equal(found_count(*state, "NCRYPT"), 0);
}

static int titles_with(struct kb *kb, const char *typed, int max, struct finds *f)
{
	struct err e = { 0 };

	finds_release(f);
	assert_int_equal(kb_find_titles(kb, typed, max, f, &e), 0);
	return f->n;
}

static void titles_alone_are_found_no_more_than_asked_for(void **state)
{
	struct finds f = { 0 };
	struct found found;
	struct err e = { 0 };

	assert_true(titles_with(*state, "key vault", 100, &f) > 1);
	for (int i = 0; i < f.n; i++) {
		struct buf names = { 0 };
		assert_int_equal(kb_found(*state, f.find[i].id, &found, &e), 1);
		assert_int_equal(kb_found_text(*state, f.find[i].id, &names, &e), 0);
		assert_true(strstr(found.title, "Key Vault") || strstr(buf_str(&names), "Key Vault"));
		buf_release(&names);
		found_release(&found);
	}
	assert_int_equal(titles_with(*state, "azure", 3, &f), 3);
	assert_int_equal(titles_with(*state, "azure v", 100, &f), 0);
	assert_int_equal(titles_with(*state, "", 100, &f), 0);
	finds_release(&f);
}

/* How many were found how. */
static int found_how(struct kb *kb, const char *typed, enum find_how how)
{
	struct words words;
	struct finds finds;
	struct err e = { 0 };
	int n = 0;

	assert_int_equal(kb_find(kb, typed, &words, &finds, &e), 0);
	for (int i = 0; i < finds.n; i++)
		n += finds.find[i].how == how;
	words_release(&words);
	finds_release(&finds);
	return n;
}

static void words_with_another_ending_are_found_at_the_end(void **state)
{
	static const struct { const char *typed, *link; } pairs[] = {
		{ "key rotation", "practice/manage-keys " },         /* "rotate them" */
		{ "rotated", "practice/manage-keys " },
		{ "rotates keys", "term/key-rotation " },
		{ "hypervisors", "azure:layer/hosts " },
		{ "patching", "practice/patch-applications " },
		{ "policies", "azure-ai:layer/policy " },
	};

	for (int i = 0; i < COUNT(pairs); i++) {
		const char *all = found_now(*state, pairs[i].typed, KB_FIND_MAX);
		if (!strstr(all, pairs[i].link))
			fail_msg("%s: no %sin %.300s", pairs[i].typed, pairs[i].link, all);
		assert_true(found_how(*state, pairs[i].typed, FIND_LIKE) > 0);
	}
	assert_int_equal(found_how(*state, "patch", FIND_LIKE), 0);
	assert_int_equal(found_how(*state, "kernel", FIND_LIKE), 0);
	assert_int_equal(found_how(*state, "keys zzzzzz", FIND_LIKE), 0);
	assert_in_range(found_how(*state, "Encryption", FIND_LIKE), 1,
	                found_how(*state, "encryption", FIND_LIKE) - 1);
}

static void no_more_than_a_thousand_are_found(void **state)
{
	const char *file = util_path(*state, "x.db");
	struct kb *kb;

	util_copy(util_db(), file);
	util_sql(file, "WITH RECURSIVE n(i) AS (SELECT 10001 UNION ALL SELECT i + 1 FROM n WHERE i < 16000)"
	               " INSERT INTO entry SELECT i, 'term', 'term/t' || i, 'Qqword ' || i, '', 1 FROM n;"
	               "INSERT INTO search(rowid, title, names, text) SELECT id, title, '', 'Only qqrare.'"
	               " FROM entry WHERE id > 10000;"
	               "INSERT INTO name SELECT 'qqword 15999', id FROM entry WHERE id = 15999");
	kb = util_open(file);
	assert_string_equal(found_now(kb, "qqword", 0), "1000+");
	assert_string_equal(found_now(kb, "Qqword", 0), "1000+");
	assert_string_equal(found_now(kb, "Qqrare", 0), "1000+");       /* too many to look at all */
	check_first(kb, "qqword 15999", "term/t15999 1");
	kb_close(kb);
}

static void a_kind_is_right_where_ids_do_not_stand_by_kind(void **state)
{
	static const enum kind want[] = { KIND_MODEL, KIND_PRACTICE, KIND_TERM };
	const char *file = util_path(*state, "x.db");
	struct err e = { 0 };
	struct finds finds;
	struct words words;
	struct kb *kb;

	util_copy(util_db(), file);
	util_sql(file, "INSERT INTO entry VALUES(20001, 'practice', 'practice/q1', 'Qqword', '', 1),"
	               " (20002, 'term', 'term/q2', 'Qqword', '', 1), (20003, 'model', 'azure:q3', 'Qqword',"
	               " '', 1), (20004, 'odd', 'odd/q4', 'Qqword', '', 1);"
	               "INSERT INTO search(rowid, title, names, text) SELECT id, title, '', '' FROM entry"
	               " WHERE id > 20000");
	kb = util_open(file);
	assert_int_equal(kb_find(kb, "qqw", &words, &finds, &e), 0);
	assert_int_equal(finds.n, 4);
	for (int i = 0; i < COUNT(want); i++)
		assert_int_equal(finds.find[i].kind, want[i]);
	assert_int_equal(finds.find[3].kind, KIND__COUNT);
	words_release(&words);
	finds_release(&finds);
	kb_close(kb);
}

static void a_line_that_is_much_too_long_is_searched(void **state)
{
	struct buf b = { 0 };

	buf_fill(&b, 'a', 200000);
	assert_int_equal(found_count(*state, buf_str(&b)), 0);
	for (int i = 0; i < 5000; i++)
		buf_addf(&b, " W%d", i);
	assert_int_equal(found_count(*state, buf_str(&b)), 0);
	buf_release(&b);
}

static void what_is_not_there_is_not_shown(void **state)
{
	struct found found;
	struct err e = { 0 };

	assert_int_equal(kb_found(*state, -1, &found, &e), 0);
	assert_null(found.link);
	found_release(&found);
}

/* ---- plans ---- */

/* Statements that may read a whole table, and why. */
static const struct { const char *name, *line;
} allowed[] = {
	{ "CONTENT", "SCAN pack" },    /* a row a pack */
	{ "HOLDERS", "SCAN holder" },  /* a handful, all of them needed at start */
	{ "LIST_MATRICES", "SCAN m" }, /* a handful, each a line of a list */
	{ "MATRICES", "SCAN matrix" }, /* a handful, for a sentence of an error only */
	{ "FIRST_MATRIX", "SCAN m" },  /* in the order of its key: the first row only */
	{ "MATRIX_WITH", "SCAN m" },   /* matrices: a handful, a seek each */
	{ "LINKS", "SCAN entry" },     /* for a suggestion only; LIMIT 20000 */
	{ "TOPICS", "SCAN e" },        /* on the page of a matrix only */
	{ "KINDS", "SCAN entry USING COVERING INDEX entry_kind" }, /* for the list of kinds only */
	{ "PARTS_OF_MATRIX", "SCAN p" },
	{ "WHERE_IS", "SCAN p" },
	{ "CITED_BY", "SCAN c" },
	{ "SOURCES", "SCAN c" },
	{ "SOURCES", "SCAN (subquery-3)" },                   /* rows that a seek has found */
	{ "SEARCH", "SCAN search VIRTUAL TABLE INDEX 0:M3" }, /* the index of FTS5 */
	{ "SEARCH_COUNT", "SCAN search VIRTUAL TABLE INDEX 0:M3" },
	{ "FIND", "SCAN search VIRTUAL TABLE INDEX 0:M3" },
	{ "FIND_CASED", "SCAN s VIRTUAL TABLE INDEX 0:M3" },
	{ "KIND_RANGE", "SCAN CONSTANT ROW" },                   /* two seeks, and no table */
	{ "FIND_PART", "SCAN part VIRTUAL TABLE INDEX 0:M1" },
	{ "FIND_PART", "SCAN x VIRTUAL TABLE INDEX 0:=M3" },
};

static void see_plan(void *ctx, const char *name, const char *line)
{
	bool fine = strncmp(line, "SCAN", 4) != 0;

	for (int i = 0; i < COUNT(allowed) && !fine; i++)
		fine = !strcmp(allowed[i].name, name) && !strcmp(allowed[i].line, line);
	if (!fine)
		buf_addf(ctx, "%s: %s; ", name, line);
}

static void no_statement_reads_a_whole_table_that_grows(void **state)
{
	struct buf bad = { 0 };
	struct err e = { 0 };

	assert_int_equal(kb_explain(*state, see_plan, &bad, &e), 0);
	assert_string_equal(buf_str(&bad), "");
	buf_release(&bad);
}

static void see_cells(void *ctx, const char *name, const char *line)
{
	if (!strcmp(name, "CELLS"))
		buf_addf(ctx, "%s\n", line);
}

static void a_window_of_cells_is_one_seek_a_row(void **state)
{
	struct buf plan = { 0 };
	struct err e = { 0 };

	assert_int_equal(kb_explain(*state, see_cells, &plan, &e), 0);
	assert_non_null(strstr(buf_str(&plan), "(matrix=? AND layer=? AND model>? AND model<?)"));
	buf_release(&plan);
}

static void see_name(void *ctx, const char *name, const char *line UNUSED)
{
	struct buf *names = ctx;

	if (!strstr(buf_str(names), name))
		buf_addf(names, "%s ", name);
}

static void every_statement_has_a_plan(void **state)
{
	static const char *const some[] = { "CONTENT", "CELLS", "LINKED", "SEARCH_COUNT",
		                            "FEATURES" };
	struct buf names = { 0 };
	struct err e = { 0 };

	assert_int_equal(kb_explain(*state, see_name, &names, &e), 0);
	for (int i = 0; i < COUNT(some); i++)
		assert_non_null(strstr(buf_str(&names), some[i]));
	buf_release(&names);
}

/* ---- everything that kb returns ---- */

static void tame(const char *s)
{
	util_assert_tame(s, false);
}

static void check_rc(int rc, const struct err *e)
{
	assert_in_range(rc + 1, 0, 2);
	if (rc < 0) {
		assert_true(e->status == STATUS_CONTENT || e->status == STATUS_LINK);
		assert_in_range(strlen(e->msg), 10, 1023);
	}
}

static void walk_refs(struct kb *kb, int64_t id)
{
	for (int list = LIST_LINKED; list <= LIST_CITED_BY; list++) {
		struct refs refs = { 0 };
		struct err e = { 0 };
		if (list == LIST_TOPICS && id > 1)
			continue;               /* the same for all */
		check_rc(kb_refs(kb, (enum kb_list)list, id, &refs, &e), &e);
		for (int i = 0; i < refs.n; i++) {
			tame(refs.ref[i].link);
			tame(refs.ref[i].title);
			tame(refs.ref[i].summary);
			assert_in_range(refs.ref[i].kind, 0, KIND__COUNT - 1);
			tame(kb_holder(kb, refs.ref[i].holder)->word);
		}
		refs_release(&refs);
	}
}

static void walk_pairs(struct kb *kb, const struct kb_entry *entry)
{
	struct pairs pairs = { 0 };
	struct err e = { 0 };

	check_rc(kb_fields(kb, entry, &pairs, &e), &e);
	check_rc(kb_steps(kb, entry->id, &pairs, &e), &e);
	check_rc(kb_features(kb, entry->id, &pairs, &e), &e);
	for (int i = 0; i < pairs.n; i++) {
		tame(pairs.pair[i].label);
		tame(pairs.pair[i].value);
	}
	pairs_release(&pairs);
}

static void walk_duties(struct kb *kb, int64_t id)
{
	struct duties d = { 0 };
	struct err e = { 0 };
	int holder, n, *party = NULL;

	check_rc(kb_parties(kb, id, &holder, &party, &n, &e), &e);
	tame(kb_holder(kb, holder)->word);
	for (int i = 0; i < n; i++)
		tame(kb_holder(kb, party[i])->word);
	free(party);
	check_rc(kb_duties(kb, id, &d, &e), &e);
	for (int i = 0; i < d.n; i++) {
		tame(d.duty[i].slug);
		tame(d.duty[i].verb);
		tame(d.duty[i].text);
		tame(d.duty[i].source);
		tame(kb_holder(kb, d.duty[i].party)->slug);
	}
	duties_release(&d);
}

static void walk_sources(struct kb *kb, int64_t id)
{
	struct sources s = { 0 };
	struct err e = { 0 };

	check_rc(kb_sources(kb, id, &s, &e), &e);
	for (int i = 0; i < s.n; i++) {
		const char *const all[] = { s.source[i].slug,      s.source[i].title,
			                    s.source[i].publisher, s.source[i].date,
			                    s.source[i].url,       s.source[i].link };
		for (int k = 0; k < COUNT(all); k++)
			tame(all[k]);
	}
	sources_release(&s);
}

static bool walk_entry(struct kb *kb, const char *link)
{
	struct kb_entry entry = { 0 };
	struct kb_place place = { 0 };
	struct err e = { 0 };
	int rc = kb_entry(kb, link, &entry, &e);

	check_rc(rc, &e);
	if (rc == 1) {
		tame(entry.link);
		tame(entry.title);
		tame(entry.summary);
		util_assert_tame(entry.body, true);
		walk_refs(kb, entry.id);
		walk_pairs(kb, &entry);
		walk_duties(kb, entry.id);
		walk_sources(kb, entry.id);
		check_rc(kb_place(kb, entry.id, &place, &e), &e);
		if (place.matrix)
			tame(place.matrix);
		free(place.matrix);
	}
	kb_entry_release(&entry);
	return rc == 1;
}

static void walk_holders(struct kb *kb)
{
	for (int i = 0; i <= kb_holder_count(kb); i++) {
		const struct holder *h = kb_holder(kb, i);
		tame(h->slug);
		tame(h->word);
		tame(h->summary);
		assert_true(h->letter == '?' || (h->letter >= 'A' && h->letter <= 'Z'));
		assert_in_range(h->face, 0, FACE__COUNT - 1);
		assert_in_range(h->pattern, 0, PATTERN_NONE);
	}
}

static void walk_heads(struct kb *kb, int64_t matrix, bool models)
{
	struct head head[12] = { { .slug = NULL } };
	struct err e = { 0 };

	check_rc((models ? kb_models : kb_layers)(kb, matrix, 0, COUNT(head), head, &e), &e);
	for (int i = 0; i < COUNT(head); i++) {
		if (head[i].slug) {
			tame(head[i].slug);
			tame(head[i].summary);
			for (int k = 0; k < 3; k++)
				tame(head[i].label[k]);
		}
		head_release(&head[i]);
	}
}

static void walk_bands(struct kb *kb, int64_t matrix)
{
	struct band *band = NULL;
	struct err e = { 0 };
	int n = 0;

	check_rc(kb_bands(kb, matrix, &band, &n, &e), &e);
	for (int i = 0; i < n; i++) {
		tame(band[i].slug);
		tame(band[i].name);
		tame(band[i].shorter);
		tame((char[]){ band[i].letter, '\0' });
	}
	kb_bands_free(band, n);
}

static void walk_matrix(struct kb *kb)
{
	struct kb_matrix m = { 0 };
	struct tally *tally = NULL;
	struct err e = { 0 };
	struct cell cell[48];
	int n = 0, rc = kb_matrix(kb, NULL, &m, &e);

	check_rc(rc, &e);
	if (rc == 1) {
		const char *const all[] = {
			m.slug, m.link, m.title, m.edition, m.publisher, m.date
		};
		for (int i = 0; i < COUNT(all); i++)
			tame(all[i]);
		check_rc(kb_cells(kb, m.id, 0, 12, 0, 4, cell, &e), &e);
		walk_heads(kb, m.id, false);
		walk_heads(kb, m.id, true);
		walk_bands(kb, m.id);
		check_rc(kb_tally(kb, m.id, &tally, &n, &e), &e);
		free(tally);
	}
	kb_matrix_release(&m);
}

static void walk_find(struct kb *kb, const char *typed)
{
	struct finds finds = { 0 };
	struct words words;
	struct err e = { 0 };

	check_rc(kb_find(kb, typed, &words, &finds, &e), &e);
	for (int i = 0; i < finds.n; i++) {
		struct buf text = { 0 };
		struct found found;
		int rc = kb_found(kb, finds.find[i].id, &found, &e);
		check_rc(rc, &e);
		if (rc > 0) {
			tame(found.link);
			tame(found.title);
			tame(found.summary);
			check_rc(kb_found_text(kb, finds.find[i].id, &text, &e), &e);
			tame(buf_str(&text));
			buf_release(&text);
		}
		found_release(&found);
	}
	words_release(&words);
	finds_release(&finds);
}

static void walk_search(struct kb *kb, const char *words)
{
	struct hits hits = { 0 };
	struct err e = { 0 };

	check_rc(kb_search(kb, words, 20, &hits, &e), &e);
	for (int i = 0; i < hits.n; i++) {
		tame(hits.hit[i].link);
		tame(hits.hit[i].title);
		tame(hits.hit[i].snippet);
		assert_in_range(hits.hit[i].kind, 0, KIND__COUNT);
	}
	hits_release(&hits);
	walk_find(kb, words);
}

static void walk_resolve(struct kb *kb, const char *text)
{
	struct kb_link to = { .link = NULL };
	struct err e = { 0 };

	check_rc(kb_resolve(kb, text, NULL, &to, &e), &e);
	if (to.link)
		tame(to.link);
	if (to.notice)
		tame(to.notice);
	kb_link_release(&to);
}

static void walk_content(struct kb *kb)
{
	const char *content = NULL;
	struct err e = { 0 };
	int rc = kb_content(kb, &content, &e);

	check_rc(rc, &e);
	tame(content);
}

/* ---- damaged databases ---- */

struct links {
	char **link;
	int n, cap;
};

static void add_link(void *ctx, const char *link)
{
	struct links *l = ctx;

	*GROW(l->link, l->n, l->cap) = xstrdup(link);
}

static void free_links(struct links *l)
{
	for (int i = 0; i < l->n; i++)
		free(l->link[i]);
	free(l->link);
}

static void walk_damaged(const char *file, const struct links *links)
{
	static const char *const words[] = { "patch", "guest sys", "customer data", "zz" };
	struct kb *kb = NULL;
	struct err e = { 0 };

	if (kb_open(&kb, file, &e)) {
		assert_int_equal(e.status, STATUS_CONTENT);
		util_assert_sentence(e.msg);
		return;
	}
	switch (util_random(7)) {
	case 0: case 1: case 2:
		walk_entry(kb, links->link[util_random((uint32_t)links->n)]);
		break;
	case 3: case 4:
		walk_search(kb, words[util_random(COUNT(words))]);
		break;
	case 5:
		walk_matrix(kb);
		break;
	default:
		walk_resolve(kb, "paas/so");
	}
	kb_close(kb);
}

static void a_database_with_a_changed_byte_never_crashes(void **state)
{
	const char *file = util_path(*state, "x.db");
	struct links links = { 0 };
	size_t size;
	char *data = util_read(util_db(), &size);
	int fd;

	util_seed();
	util_each(util_db(), "SELECT link FROM entry", add_link, &links);
	util_copy(util_db(), file);
	fd = open(file, O_RDWR);
	for (int i = 0; i < 2000; i++) {
		/* Half of them where pages have their headers. */
		size_t at = util_random((uint32_t)size);
		char byte = (char)util_random(256);
		if (i % 2)
			at = at / 4096 * 4096 + at % 64;
		assert_int_equal(pwrite(fd, &byte, 1, (off_t)at), 1);
		walk_damaged(file, &links);
		assert_int_equal(pwrite(fd, data + at, 1, (off_t)at), 1);
	}
	close(fd);
	assert_true(util_same(file, util_db()));
	free_links(&links);
	free(data);
}

static void a_database_cut_at_any_page_never_crashes(void **state)
{
	const char *file = util_path(*state, "x.db");
	struct links links = { 0 };
	size_t size;

	free(util_read(util_db(), &size));
	util_each(util_db(), "SELECT link FROM entry", add_link, &links);
	util_copy(util_db(), file);
	for (size_t n = size; n > 0; n -= 4096) {
		assert_int_equal(truncate(file, (off_t)n - 1), 0);
		walk_damaged(file, &links);
		assert_int_equal(truncate(file, (off_t)n - 4096), 0);
		walk_damaged(file, &links);
	}
	free_links(&links);
}

static void pages_in_the_wrong_place_never_crash(void **state)
{
	const char *file = util_path(*state, "x.db");
	struct links links = { 0 };
	size_t size;
	char *data = util_read(util_db(), &size);
	uint32_t pages = (uint32_t)(size / 4096);
	int fd;

	util_seed();
	util_each(util_db(), "SELECT link FROM entry", add_link, &links);
	util_copy(util_db(), file);
	fd = open(file, O_RDWR);
	for (int i = 0; i < 200; i++) {
		uint32_t to = util_random(pages - 1) + 1, from = util_random(pages - 1) + 1;
		assert_int_equal(pwrite(fd, data + from * 4096, 4096, (off_t)to * 4096), 4096);
		walk_damaged(file, &links);
		assert_int_equal(pwrite(fd, data + to * 4096, 4096, (off_t)to * 4096), 4096);
	}
	close(fd);
	free_links(&links);
	free(data);
}

/* ---- hostile databases ---- */

/* Escape sequences, C1, bidi, tags, joiners, bad bytes, a NUL and too many marks, in SQL. */
#define HOSTILE "CAST(x'1b5b324a1b5d303b70776e6564071b50710a0d09087fc29b324ac29d" \
	"e280aee2808fe281a6f3a08181e2808be2808defbbbfedA080c3e282fffe00" \
	"41cc81cc81cc81cc81cc81cc81cc813d636d64' AS TEXT)"

static void see_column(void *ctx, const char *name)
{
	buf_addf(ctx, "%s;", name);
}

/* Every text column of every table, but for those of which the name or "table.name" is left out. */
static void make_hostile(const char *file, const char *but)
{
	struct buf sql = { 0 }, columns = { 0 };

	util_each(file,
	          "SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c"
	          " WHERE m.type = 'table' AND (c.type = 'TEXT' AND m.name NOT LIKE 'search%' OR "
	          "m.name = 'search')",
	          see_column, &columns);
	buf_add(&sql, "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; BEGIN;");
	for (char *at = columns.data, *end; (end = strchr(at, ';')); at = end + 1) {
		char *dot = strchr(at, '.');
		*end = *dot = '\0';
		if (strstr(but, dot + 1))
			continue;
		/* Unique columns need a number; the rest of the row is in it. */
		buf_addf(&sql,
		         "UPDATE OR REPLACE %s SET %s = %s || coalesce(substr(%s, 1, 40), '');", at,
		         dot + 1, HOSTILE, dot + 1);
	}
	buf_add(&sql, "COMMIT;");
	util_sql(file, buf_str(&sql));
	buf_release(&sql);
	buf_release(&columns);
}

static void walk_hostile(void *ctx, const char *link)
{
	walk_entry(ctx, link);
}

static void walk_all(const char *file)
{
	static const char *const words[] = { "patch", "a", "cmd", "pwned", "data azure" };
	struct kb *kb = util_open(file);

	walk_holders(kb);
	walk_content(kb);
	walk_matrix(kb);
	util_each(file, "SELECT link FROM entry", walk_hostile, kb);
	for (int i = 0; i < COUNT(words); i++)
		walk_search(kb, words[i]);
	walk_resolve(kb, "paas/os");
	walk_resolve(kb, "azure:paas/so");
	kb_close(kb);
}

static void nothing_that_acts_comes_out_of_a_hostile_database(void **state)
{
	/* First what hangs on words that the program asks for stays, then all becomes hostile. */
	static const char *const but[] = { "link slug kind severity", "link kind", "link", "none" };

	for (int i = 0; i < COUNT(but); i++) {
		const char *file = util_path(*state, "x.db");
		util_copy(util_db(), file);
		make_hostile(file, but[i]);
		walk_all(file);
	}
}

static void the_hostile_text_is_really_there(void **state)
{
	const char *file = util_path(*state, "x.db");
	struct buf b = { 0 };

	util_copy(util_db(), file);
	make_hostile(file, "link slug kind severity");
	util_each(file, "SELECT count(*) > 100 AND count(*) = sum(instr(title, char(27)) > 0) FROM entry",
	          see_column, &b);
	assert_string_equal(buf_str(&b), "1;");
	buf_release(&b);
}

static void the_shipped_database_is_tame_and_whole(void **state UNUSED)
{
	walk_all(util_db());
}

static void blobs_and_numbers_in_place_of_text_do_no_harm(void **state)
{
	const char *file = util_path(*state, "x.db");

	util_copy(util_db(), file);
	util_sql(file,
	         "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, "
	         "'STRICT', '')"
	         " WHERE sql LIKE '%STRICT' AND name IN ('entry', 'prose'); PRAGMA writable_schema = RESET;");
	util_sql(file,
	         "UPDATE entry SET title = x'1b00ff41', summary = 1e999 WHERE id % 2;"
	         "UPDATE prose SET text = 7");
	walk_all(file);
}

static void positions_out_of_range_do_no_harm(void **state)
{
	const char *file = util_path(*state, "x.db");

	util_copy(util_db(), file);
	util_sql(file, "PRAGMA foreign_keys = OFF; UPDATE layer SET position = 9223372036854775806 "
	               "WHERE position = 9;"
	               "UPDATE layer SET position = -5 WHERE position = 8; UPDATE model SET "
	               "position = 70000 WHERE position = 3;"
	               "UPDATE responsibility SET holder = 9223372036854775807 WHERE layer = 0;"
	               "UPDATE responsibility SET layer = -1 WHERE layer = 1; UPDATE band SET "
	               "first = -3 WHERE position = 1;"
	               "UPDATE duty SET party = -9");
	walk_all(file);
}

#define SHIPPED(test) cmocka_unit_test_setup_teardown(test, util_open_shipped, util_close)
#define IN_DIR(test) cmocka_unit_test_setup_teardown(test, util_setup, util_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		IN_DIR(a_missing_database_is_named_with_what_to_do),
		IN_DIR(files_that_are_no_database_of_onus_are_refused),
		IN_DIR(a_folder_and_a_pipe_are_no_database),
		IN_DIR(databases_of_another_format_are_refused),
		IN_DIR(a_database_without_its_tables_is_refused),
		IN_DIR(a_name_with_signs_of_an_address_is_opened_as_it_is),
		IN_DIR(reading_writes_nothing),
		SHIPPED(the_first_matrix_is_that_of_azure),
		SHIPPED(a_matrix_that_is_not_there_is_not_found),
		SHIPPED(the_cells_are_those_of_the_diagram),
		SHIPPED(of_forty_cells_23_are_the_customers_13_microsofts_and_4_shared),
		SHIPPED(heads_stand_in_the_order_of_the_pack),
		SHIPPED(a_window_beyond_the_edge_is_empty_there),
		SHIPPED(bands_begin_where_their_layers_do),
		SHIPPED(a_holder_that_is_none_shows_as_a_question_mark),
		SHIPPED(the_content_names_its_pack_version_and_sum),
		IN_DIR(a_hole_in_the_heads_stays_a_hole),
		SHIPPED(a_link_may_be_written_in_many_forms),
		SHIPPED(an_old_name_leads_to_what_it_is_now_and_says_so),
		SHIPPED(every_link_is_itself),
		SHIPPED(what_follows_a_hash_is_the_section),
		SHIPPED(a_slip_of_the_pen_gets_a_suggestion),
		SHIPPED(what_is_near_nothing_is_just_unknown),
		SHIPPED(an_empty_link_leads_nowhere),
		SHIPPED(a_stack_with_what_is_no_service_leads_nowhere),
		SHIPPED(hostile_links_are_unknown),
		IN_DIR(without_a_matrix_the_current_one_counts_then_azure_then_the_only_one),
		SHIPPED(a_place_is_known_of_what_stands_in_a_matrix),
		SHIPPED(all_words_must_occur),
		SHIPPED(a_word_is_found_by_its_beginning),
		SHIPPED(case_and_diacritics_do_not_matter),
		SHIPPED(punctuation_separates_words),
		SHIPPED(no_words_find_nothing),
		SHIPPED(nothing_that_is_typed_is_syntax),
		SHIPPED(thousands_of_words_are_searched),
		SHIPPED(a_word_that_is_typed_again_and_again_costs_nothing),
		SHIPPED(a_very_long_word_is_searched),
		SHIPPED(old_names_are_found),
		SHIPPED(the_best_come_first_and_at_most_as_many_as_asked_for),
		SHIPPED(what_is_called_so_comes_first_in_a_ranking_too),
		SHIPPED(what_is_called_so_comes_first),
		SHIPPED(as_one_types_it_finds_what_the_ranking_finds),
		SHIPPED(a_capital_makes_its_word_strict),
		SHIPPED(parts_of_words_are_found_where_little_begins_so),
		SHIPPED(titles_alone_are_found_no_more_than_asked_for),
		SHIPPED(words_with_another_ending_are_found_at_the_end),
		IN_DIR(no_more_than_a_thousand_are_found),
		IN_DIR(a_kind_is_right_where_ids_do_not_stand_by_kind),
		SHIPPED(a_line_that_is_much_too_long_is_searched),
		SHIPPED(what_is_not_there_is_not_shown),
		SHIPPED(no_statement_reads_a_whole_table_that_grows),
		SHIPPED(a_window_of_cells_is_one_seek_a_row),
		SHIPPED(every_statement_has_a_plan),
		IN_DIR(a_database_with_a_changed_byte_never_crashes),
		IN_DIR(a_database_cut_at_any_page_never_crashes),
		IN_DIR(pages_in_the_wrong_place_never_crash),
		IN_DIR(the_hostile_text_is_really_there),
		IN_DIR(nothing_that_acts_comes_out_of_a_hostile_database),
		cmocka_unit_test(the_shipped_database_is_tame_and_whole),
		IN_DIR(blobs_and_numbers_in_place_of_text_do_no_harm),
		IN_DIR(positions_out_of_range_do_no_harm),
	};

	util_start();
	text_init();
	return UTIL_RUN(
		"the knowledge base: reading what packs have written, and what enemies have",
		tests);
}
