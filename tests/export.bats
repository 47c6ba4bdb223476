#!/usr/bin/env bats
# The formats html and svg: well-formed, true, harmless whatever the database holds; and the files of -o.
# shellcheck disable=SC2154,SC2086,SC2046

load common

setup_file() {
	db 'SELECT slug FROM matrix ORDER BY id' >"$BATS_FILE_TMPDIR/matrices"
	cat >"$BATS_FILE_TMPDIR/check.py" <<-'END'
	"""check.py FILE...: what is wrong with HTML documents.  check.py --table FILE: the grid as csv."""
	import base64, hashlib, re, sys
	from html.parser import HTMLParser
	from urllib.parse import unquote

	VOID = {'meta', 'br', 'hr'}
	ALLOWED = VOID | set('html head title style body header nav main article section footer h1 h2 h3 h4 h5 h6 '
	                     'p a ol ul li dl div dt dd strong em code pre blockquote span abbr '
	                     'table caption thead tbody tr th td'.split())
	VALUES = {'lang', 'charset', 'http-equiv', 'content', 'name', 'id', 'class', 'href', 'rel', 'title', 'scope',
	          'colspan', 'data-holder', 'aria-label', 'start'}

	class Reader(HTMLParser):
	    def __init__(self, text):
	        super().__init__()
	        self.stack, self.ids, self.links, self.faults, self.metas = [], [], [], [], []
	        self.style, self.headings, self.rows, self.cell, self.h = '', [], [], None, []
	        self.feed(text)
	        self.close()
	        self.faults += ['open at the end: ' + t for t in self.stack]

	    def handle_starttag(self, tag, attrs):
	        a = dict(attrs)
	        if tag not in ALLOWED:
	            self.faults.append('tag ' + tag)
	        self.faults += ['%s of %s' % (k, tag) for k in a if k not in VALUES]
	        if len(a) != len(attrs):
	            self.faults.append('a name twice in ' + tag)
	        if 'id' in a:
	            self.ids.append(a['id'])
	        if 'href' in a:
	            self.links.append(a['href'])
	            if a['href'][0] != '#' and a.get('rel') != 'noreferrer':
	                self.faults.append('no rel: ' + a['href'])
	        if tag == 'meta':
	            self.metas.append(a)
	        if re.fullmatch('h[1-6]', tag):
	            self.headings.append(int(tag[1]))
	        if tag == 'tr':
	            self.rows.append([])
	        if tag in ('td', 'th'):
	            self.rows[-1].append(dict(a, tag=tag, text=''))
	        if tag not in VOID:
	            self.stack.append(tag)

	    def handle_endtag(self, tag):
	        if not self.stack or self.stack.pop() != tag:
	            self.faults.append('stray end of ' + tag)

	    def handle_data(self, data):
	        if 'style' in self.stack:
	            self.style += data
	        if self.stack and ('td' in self.stack or 'th' in self.stack) and self.stack[-1] != 'abbr':
	            self.rows[-1][-1]['text'] += data

	    def handle_comment(self, data):
	        self.faults.append('a comment')

	    def check(self):
	        policy = [m['content'] for m in self.metas if m.get('http-equiv') == 'Content-Security-Policy']
	        want = 'sha256-' + base64.b64encode(hashlib.sha256(self.style.encode()).digest()).decode()
	        if len(policy) != 1 or not policy[0].startswith("default-src 'none'; style-src '%s';" % want):
	            self.faults.append('policy %s, and the style is %s' % (policy, want))
	        if len(set(self.ids)) != len(self.ids):
	            self.faults.append('ids twice: ' + ' '.join({i for i in self.ids if self.ids.count(i) > 1}))
	        for link in self.links:
	            if link.startswith('#') and unquote(link[1:]) not in self.ids:
	                self.faults.append('leads nowhere: ' + link)
	            elif not link.startswith(('#', 'https://')):
	                self.faults.append('leads out: ' + link)
	        if self.headings[0] != 1 or self.headings.count(1) != 1:
	            self.faults.append('headings of level 1: %d' % self.headings.count(1))
	        for a, b in zip(self.headings, self.headings[1:]):
	            if b > a + 1:
	                self.faults.append('from h%d to h%d' % (a, b))
	        return self.faults

	    def table(self):
	        head, *rows = self.rows
	        print(','.join(['layer'] + [c['id'].split(':')[1] for c in head[1:]]))
	        for row in rows:
	            if row[0]['scope'] == 'rowgroup':
	                continue
	            layer = row[0]['id'].split(':layer/')[1]
	            for c, h in zip(row[1:], head[1:]):
	                assert c['id'] == h['id'] + '/' + layer, c
	            print(','.join([layer] + [c['data-holder'] for c in row[1:]]))

	faults = 0
	table = sys.argv[1] == '--table'
	for name in sys.argv[1 + table:]:
	    reader = Reader(open(name, encoding='utf-8').read())
	    if table:
	        reader.table()
	    for fault in [] if table else reader.check()[:20]:
	        print(name + ': ' + fault)
	        faults = 1
	sys.exit(faults)
	END
}

check_html() {
	command -v python3 >/dev/null || skip 'python3 is not installed'
	python3 "$BATS_FILE_TMPDIR/check.py" "$@"
}

# ---- the grid ----

@test "pages and hits in csv: as many duties and links as json has, the header once" {
	command -v python3 >/dev/null || skip 'python3 is not installed'
	onus show paas/os service/aks -f csv >"$tmp/pages.csv"
	onus show paas/os -f json >"$tmp/page.json"
	python3 - "$tmp/pages.csv" "$tmp/page.json" <<-'END'
	import csv, json, sys
	rows = list(csv.reader(open(sys.argv[1], newline='')))
	page = json.load(open(sys.argv[2]))
	assert rows[0] == ['link', 'section', 'label', 'text', 'target'], rows[0]
	assert all(len(r) == 5 for r in rows) and sum(r == rows[0] for r in rows) == 1
	here = [r for r in rows if r[0] == 'azure:paas/os']
	duties = [r for r in here if r[1] in ('customer', 'microsoft')]
	assert [(r[1], r[2], r[3]) for r in duties] == \
	    [(d['party'], d['severity'], d['verb'] + ' ' + d['text']) for d in page['duties']]
	for name in ('examples', 'practices', 'services', 'misconceptions'):
	    assert [r[4] for r in here if r[1] == name] == [x['link'] for x in page[name]], name
	END
	onus search key rotation -f csv >"$tmp/hits.csv"
	same "$(sed 1d "$tmp/hits.csv" | cut -d, -f1)" "$(onus search key rotation -f json | grep -o '"link":"[^"]*"' |
		cut -d'"' -f4)"
	onus search azure -f html >"$tmp/hits.html"
	same "$(grep -c '^<li>' "$tmp/hits.html")" "$(onus search azure -f csv | sed 1d | wc -l)"
	run -3 onus show paas/os nonsense -f csv
	same "$output" "${output##*link,section*}"
}

@test "html of every matrix: a document of known tags, closed, with unique ids, that may run nothing" {
	while read -r m; do
		onus grid -m $m -f html >"$tmp/$m.html"
		check_html "$tmp/$m.html"
		same "$(head -n 1 "$tmp/$m.html")" '<!DOCTYPE html>'
		matches "$(cat "$tmp/$m.html")" '<html lang="[a-z]'
		lacks "$(cat "$tmp/$m.html")" '<script'
		lacks "$(cat "$tmp/$m.html")" 'javascript:'
		clean "$tmp/$m.html"
	done <"$BATS_FILE_TMPDIR/matrices"
}

@test "tidy finds no fault in html" {
	command -v tidy >/dev/null || skip 'tidy is not installed'
	onus grid -f html >"$tmp/grid.html"
	onus show -f html paas/os practice/patch-guest-os >"$tmp/show.html"
	onus diff -f html azure azure-2026 >"$tmp/diff.html"
	onus stack -f html vm..app-service aks >"$tmp/stack.html"
	onus search -f html key >"$tmp/search.html"
	# A swatch of the legend has no text: its word stands beside it.
	tidy -e -q --drop-empty-elements no "$tmp/"*.html
}

@test "the table of html is that of csv" {
	command -v python3 >/dev/null || skip 'python3 is not installed'
	while read -r m; do
		onus grid -m $m -f html >"$tmp/grid.html"
		python3 "$BATS_FILE_TMPDIR/check.py" --table "$tmp/grid.html" | cmp - <(onus grid -m $m -f csv)
	done <"$BATS_FILE_TMPDIR/matrices"
}

@test "html says holders in words, bands as headings of row groups, and what differs" {
	onus grid -f html >"$tmp/grid.html"
	same "$(grep -o 'scope="rowgroup"' "$tmp/grid.html" | wc -l)" "$(db 'SELECT count(*) FROM band b
		JOIN matrix m ON m.id = b.matrix WHERE m.slug = '"'azure'")"
	same "$(grep -o '<td[^>]*data-holder="shared"><span>Shared<' "$tmp/grid.html" | wc -l)" 4
	same "$(grep -o '<td.[^/]*/[^/]*/span><abbr' "$tmp/grid.html" | wc -l)" "$(db 'SELECT sum(differs)
		FROM responsibility r JOIN matrix m ON m.id = r.matrix WHERE m.slug = '"'azure'")"
	matches "$(cat "$tmp/grid.html")" '<caption>.*scope="col".*scope="row"'
}

@test "html has a style for the dark and one for paper" {
	page=$(onus grid -f html)
	has "$page" '@media(prefers-color-scheme:dark)'
	has "$page" '@media print'
}

@test "svg of every matrix is well-formed, and has the words of each cell" {
	command -v xmllint >/dev/null || skip 'xmllint is not installed'
	while read -r m; do
		onus grid -m $m -f svg >"$tmp/$m.svg"
		xmllint --noout "$tmp/$m.svg"
		clean "$tmp/$m.svg"
		grep -o '<g id="[^"]*"><title>[^<]*' "$tmp/$m.svg" |
			sed 's/<g id="//; s/">.*: \([^;]*\).*/ \1/' | sort >"$tmp/got"
		db "SELECT e.link || ' ' || h.word FROM responsibility r JOIN holder h ON h.id = r.holder
			JOIN entry e ON e.id = r.entry JOIN matrix m ON m.id = r.matrix
			WHERE m.slug = '$m'" | LC_ALL=C.UTF-8 sort | diff - "$tmp/got"
	done <"$BATS_FILE_TMPDIR/matrices"
}

@test "svg is a picture with a name, sizes and a legend, and runs and loads nothing" {
	onus grid -f svg >"$tmp/grid.svg"
	picture=$(cat "$tmp/grid.svg")
	matches "$picture" '^<svg xmlns="http://www.w3.org/2000/svg" width="[0-9]+" height="[0-9]+" viewBox='
	matches "$picture" ' role="img" aria-labelledby="onus-title" aria-describedby="onus-desc"'
	matches "$picture" '<title id="onus-title">[^<].*<desc id="onus-desc">[^<]'
	for word in 'Customer 23' 'Microsoft 13' 'Shared 4'; do
		has "$picture" ">$word</text>"
	done
	nothing_like '<script|<style|<image|<use|@import|href=| on[a-z]+=|javascript:' "$tmp/grid.svg"
	same "$(grep -oE '[a-z]+://[^"]*' "$tmp/grid.svg" | sort -u)" http://www.w3.org/2000/svg
}

@test "svg is as wide as its models and as high as its layers" {
	size() {
		onus grid -m $1 -f svg | sed -n "1s/.* $2=\"\([0-9]*\)\".*/\1/p"
	}
	[[ $(size azure width) -gt $(size azure-ai width) ]]
	[[ $(size azure-ai height) -gt $(size azure height) ]]
	[[ $(size azure height) -gt $(size azure-classic height) ]]
}

@test "svg of a shared cell is half and half" {
	cell=$(onus grid -f svg | grep 'id="azure:paas/apps"')
	fills=$(grep -o 'height="36" fill="[^"]*"' <<<"$cell" | cut -d '"' -f 4)
	same "$(wc -l <<<"$fills")" 2
	same "$(head -n 1 <<<"$fills")" "$(onus grid -f svg | grep 'id="azure:iaas/apps"' |
		grep -o 'height="36" fill="[^"]*"' | cut -d '"' -f 4)"
	same "$(tail -n 1 <<<"$fills")" "$(onus grid -f svg | grep 'id="azure:saas/apps"' |
		grep -o 'height="36" fill="[^"]*"' | cut -d '"' -f 4)"
}

# ---- pages ----

@test "all pages are one document, and its links lead to each other" {
	onus show -f html $(db 'SELECT link FROM entry ORDER BY id') >"$tmp/all.html"
	check_html "$tmp/all.html"
	clean "$tmp/all.html"
	lacks "$(cat "$tmp/all.html")" '<script'
	same "$(grep -c '^<article id=' "$tmp/all.html")" "$(db 'SELECT count(*) FROM entry')"
	has "$(cat "$tmp/all.html")" '<a href="#term/hypervisor">'
}

@test "each kind of page alone is a document; a link that leads out of it is text" {
	for link in $(db 'SELECT min(link) FROM entry GROUP BY kind') index services paas/os#practices; do
		onus show -f html "$link" >"$tmp/one.html"
		check_html "$tmp/one.html"
	done
	page=$(onus show -f html paas/os)
	has "$page" 'Know your service model <code>practice/know-service-model</code>'
	lacks "$page" 'href="#'
	matches "$page" '<section id="azure:paas/os#customer">.<h2>Customer</h2>.<ul>.<li><strong>'
	matches "$page" '<a href="https://learn[^"]*" rel="noreferrer">'
}

@test "a page stands once in a document, and a section not beside its page" {
	onus show -f html paas/os paas/os#practices azure:paas/os os/paas iaas#cells iaas#examples iaas#cells \
		>"$tmp/some.html"
	check_html "$tmp/some.html"
	same "$(grep -c '^<article' "$tmp/some.html")" 3
	same "$(grep -c '^<article id=' "$tmp/some.html")" 2
}

@test "html stops at a link that leads nowhere before it has begun" {
	refused 3 'there is no x/nowhere' show -f html paas/os x/nowhere
}

# ---- what a database may hold ----

@test "tags, quotes, scripts and control bytes of a database come out as text" {
	cp "$ONUS_DB" "$tmp/evil.db"
	chmod u+w "$tmp/evil.db"
	sqlite3 "$tmp/evil.db" "
		UPDATE matrix SET edition = '<script>alert(1)</script>', publisher = '\"><b>&amp;''';
		UPDATE entry SET title = '</title></h1><script>alert(2)</script>&\"''' || char(27) || char(1) || char(65535),
			summary = '<img src=x onerror=alert(3)>]]>' || char(0x202e);
		UPDATE holder SET word = '\"<i onclick=\"x\">' || word, slug = slug || '\" onclick=\"x';
		UPDATE layer SET full = '<u>' || full, medium = '<u>&', short = '<u>';
		UPDATE model SET full = full || '</svg>', medium = '</g>', short = '</p>';
		UPDATE band SET name = name || '</th><script src=//x>';
		UPDATE duty SET verb = '<b onload=x>', text = '&lt;' || text || '</ul>';
		UPDATE source SET url = 'javascript:alert(4)' WHERE id % 3 = 0;
		UPDATE source SET url = 'https://x\" onclick=\"y' WHERE id % 3 = 1;
		UPDATE pack SET version = '<script>';
		UPDATE prose SET text = '<script>alert(5)</script>

## <svg onload=x> head

a <b>bold</b> [x](javascript:alert(6)) [y](data:text/html,z) [z](https://e.org/?a=\"&b=<c>) [h](http://plain.org)

![pic](https://e.org/pic.png) <https://e.org/x\"y> [*deep* \`<code>\`](term/tenant) [q](\"onclick=) ![]()

\`\`\`\"><script>
</code></pre><script>
\`\`\`

<!-- comment --> <![CDATA[ x ]]> <?php ?>

<style>*{}</style>
'"
	for m in $(cat "$BATS_FILE_TMPDIR/matrices"); do
		onus grid -d "$tmp/evil.db" -m $m -f html >"$tmp/$m.html"
		onus grid -d "$tmp/evil.db" -m $m -f svg >"$tmp/$m.svg"
	done
	onus show -d "$tmp/evil.db" -f html $(db 'SELECT link FROM entry') >"$tmp/all.html"
	onus show -d "$tmp/evil.db" -f html paas/os >"$tmp/one.html"
	onus show -d "$tmp/evil.db" -f html topic/compliance >"$tmp/topic.html" || true
	clean "$tmp"/*.html "$tmp"/*.svg
	nothing_like '<script|<img|<svg on|<b>|<i |<u>|<!--|<\?|<!\[' "$tmp"/*.html "$tmp"/*.svg
	has "$(cat "$tmp/all.html")" '&lt;script&gt;alert(5)&lt;/script&gt;'
	has "$(cat "$tmp/all.html")" 'href="https://e.org/?a=&quot;&amp;b=&lt;c&gt;" rel="noreferrer">z</a>'
	has "$(cat "$tmp/all.html")" 'x (<code>javascript:alert(6)</code>)'
	has "$(cat "$tmp/all.html")" '<a href="#term/tenant"><em>deep</em> <code>&lt;code&gt;</code></a>'
	! command -v xmllint >/dev/null || xmllint --noout "$tmp"/*.svg
	check_html "$tmp"/*.html
}

@test "a matrix with holes and without cells is still a document and a drawing" {
	cp "$ONUS_DB" "$tmp/holes.db"
	chmod u+w "$tmp/holes.db"
	sqlite3 "$tmp/holes.db" 'PRAGMA foreign_keys = 0; DELETE FROM responsibility WHERE layer % 2;
		DELETE FROM layer WHERE position = 3; DELETE FROM model WHERE position = 1; DELETE FROM tally'
	for f in html svg; do
		run --separate-stderr onus grid -d "$tmp/holes.db" -f $f
		same "$status" 0
		printf '%s\n' "$output" >"$tmp/holes.$f"
	done
	! command -v xmllint >/dev/null || xmllint --noout "$tmp/holes.svg"
	check_html "$tmp/holes.html"
}

# ---- memory ----

# A matrix of 40000 layers in $tmp/high.db, its cells all the customer's.
high_matrix() {
	cp "$ONUS_DB" "$tmp/high.db"
	chmod u+w "$tmp/high.db"
	sqlite3 "$tmp/high.db" "PRAGMA foreign_keys = 0;
		UPDATE matrix SET layers = 40000 WHERE slug = 'azure';
		WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 39999)
		INSERT INTO entry SELECT 1000000 + i, 'layer', 'azure:layer/l' || i, 'Layer ' || i, '', 1 FROM n;
		WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 39999)
		INSERT INTO layer(id, matrix, position, slug, full, medium, short)
			SELECT 1000000 + i, m.id, i, 'l' || i, 'Layer ' || i, 'L' || i, 'l' FROM n, matrix m
			WHERE m.slug = 'azure';
		INSERT INTO responsibility SELECT m.id, l.position, c.position, 1, 2000000 + l.position * 4 + c.position,
			0, '' FROM matrix m JOIN layer l ON l.matrix = m.id JOIN model c ON c.matrix = m.id
			WHERE m.slug = 'azure' AND l.position > 9"
}

@test "a matrix of 160000 cells takes no more memory than one of 40" {
	(ulimit -v 30000; onus --version >/dev/null 2>&1) || skip 'a build with sanitizers needs more'
	high_matrix
	for f in html svg; do
		same "$(ulimit -v 30000; onus grid -d "$tmp/high.db" -f $f | grep -c 'id="azure:paas/')" 40000
	done
}

# ---- -o ----

# The folder $tmp/d, with these files and no others.
only_files() {
	same "$(ls -A "$tmp/d")" "$1"
}

@test "-o writes what standard output would get, and nothing else" {
	mkdir "$tmp/d"
	for f in text plain csv json md html svg; do
		onus grid -f $f -o "$tmp/d/x" >"$tmp/out"
		[[ ! -s $tmp/out ]]
		cmp "$tmp/d/x" <(onus grid -f $f)
		only_files x
		rm "$tmp/d/x"
	done
	onus show paas/os iaas/os -f html -o "$tmp/d/x"
	cmp "$tmp/d/x" <(onus show paas/os iaas/os -f html)
	(cd "$tmp/d" && umask 027 && onus grid -o here)
	same "$(stat -c %a "$tmp/d/here")" 640
}

@test "-o never overwrites, and --force replaces whole" {
	mkdir "$tmp/d"
	echo mine >"$tmp/d/x"
	for command in grid 'show paas/os'; do
		refused 6 'x is there already; --force replaces it' $command -o "$tmp/d/x"
	done
	same "$(cat "$tmp/d/x")" mine
	ln "$tmp/d/x" "$tmp/other"
	onus grid -f csv --force -o "$tmp/d/x"
	cmp "$tmp/d/x" <(onus grid -f csv)
	same "$(cat "$tmp/other")" mine
	onus grid -Fo "$tmp/d/new"
	only_files $'new\nx'
	refused 2 'force goes with -o' grid --force
}

@test "-o never follows a link, nor writes to what is no file" {
	mkdir "$tmp/d"
	echo mine >"$tmp/target"
	ln -s "$tmp/target" "$tmp/d/link"
	ln -s "$tmp/nowhere" "$tmp/d/dangling"
	mkfifo "$tmp/d/pipe"
	mkdir "$tmp/d/folder"
	for name in link dangling pipe folder; do
		refused 6 'is there, and is not a regular file' grid -o "$tmp/d/$name"
		refused 6 'is there, and is not a regular file' grid -F -o "$tmp/d/$name"
	done
	refused 6 'not a regular file' grid -F -o /dev/null
	same "$(cat "$tmp/target")" mine
	[[ -L $tmp/d/link && -L $tmp/d/dangling && ! -e $tmp/nowhere ]]
	only_files $'dangling\nfolder\nlink\npipe'
}

@test "-o leaves nothing where something is wrong: the disk, the folder, a link, a format, a database" {
	mkdir "$tmp/d"
	echo mine >"$tmp/d/old"
	for args in "-o $tmp/d/x" "-Fo $tmp/d/old"; do
		run --separate-stderr bash -c 'ulimit -f 4; ulimit -c 0; "$@"' - "$program" show -f html paas/os $args
		same "$status$output" 6
		sentence "$stderr"
	done
	refused 3 'there is no' show paas/os x/nowhere -o "$tmp/d/x"
	refused 3 'there is no' show paas/os x/nowhere -Fo "$tmp/d/old"
	refused 3 'no section' show -f html paas/os#nothing -o "$tmp/d/x"
	refused 3 'matrix' grid -m nothing -o "$tmp/d/x"
	refused 2 'format' grid -f nothing -o "$tmp/d/x"
	refused 2 'color' grid -c nothing -o "$tmp/d/x"
	refused 4 'database' grid -d "$tmp/nothing" -o "$tmp/d/x"
	refused 6 'No such file' grid -o "$tmp/none/x"
	refused 6 'needs a name' grid -o ''
	only_files old
	same "$(cat "$tmp/d/old")" mine
}

@test "-o where the folder may not be written" {
	within_reach
	cp "$ONUS_DB" "$tmp/onus.db"
	mkdir "$tmp/d"
	chmod 555 "$tmp/d"
	run --separate-stderr as_nobody "$tmp/onus" grid -d "$tmp/onus.db" -o "$tmp/d/x"
	chmod 755 "$tmp/d"
	same "$status$output" 6
	sentence "$stderr"
	only_files ''
}

@test "of ten that make one file at once, one does, and the others say that it is there" {
	mkdir "$tmp/d"
	for i in {1..10}; do
		{ "$program" grid -f html -o "$tmp/d/x" </dev/null 3>&- 2>>"$tmp/err" && echo $i >>"$tmp/won"; } &
	done
	wait
	same "$(wc -l <"$tmp/won")" 1
	same "$(grep -c 'is there already' "$tmp/err")" 9
	cmp "$tmp/d/x" <(onus grid -f html)
	only_files x
}
