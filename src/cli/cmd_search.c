#include "config.h"
#include "cli/cli.h"

enum { HITS_MAX = 1000 };

enum status run_search(struct cli *cli, struct err *e)
{
	const struct format *f;
	struct hits hits = { 0 };
	struct buf words = { 0 };
	struct own own = { .store = NULL };
	struct kb *kb;
	struct sink s;
	int rc = -1;

	if (!cli->nargs)
		return err_set(e, STATUS_USAGE, "search needs words; see onus help search"), STATUS_USAGE;
	if (cli_open(cli, &kb, e))
		return e->status;
	for (int i = 0; i < cli->nargs; i++)
		buf_addf(&words, "%s ", cli->args[i]);
	f = cli_sink(cli, kb, FORMAT_HITS, "text", &s, e);
	if (f && !kb_has_word(buf_str(&words)))
		err_set(e, STATUS_USAGE, "there is no word to search for; a word has letters or digits");
	else if (f)
		rc = kb_search(kb, buf_str(&words), HITS_MAX, &hits, e);
	if (!rc && own_hits(&own, kb, buf_str(&words), &hits, e))
		cli_complain(e), e->msg[0] = '\0';      /* of the content there is something all the same */
	if (!rc)
		rc = f->hits(&s, &hits, e);
	hits_release(&hits);
	buf_release(&words);
	cli_own_end(&own);
	kb_close(kb);
	return cli_end(cli, rc, e);
}
