// What a reader's browser fetches for a search and how long ranking takes, for
// debrief and for Pagefind over the same pages:
//
//   node internal/relevance/browser.mjs DIR...      one row of the tables for each folder and tool
//
// Each DIR was written by `go run ./internal/relevance -prepare DIR` (with
// -corpus and perhaps -mix) and has the folders content and html;
// `go run ./internal/relevance -figures -browser` makes three and runs this.
// Run it from the repository's root. It needs Go, Chromium (or CHROMIUM, its
// path) and, for Pagefind, the npm registry; nothing else.
//
//   --queries N      how many queries bytes are measured with, 30; times are of all
//   --rounds N       how often times are measured, 3
//   --screen WxH     the size of the window, 1280x800; what is not in sight need not be fetched
//   --only PARTS     some of first,further,typing,ranking
//   --json FILE      all that was measured, too
//
// # What is measured
//
// The queries are the natural ones of queries.tsv, in an order that a seed gives.
//
//   first     opening the search page with a query in its address, with nothing
//             in the browser's cache, until ten excerpts are shown. All that the
//             search fetches counts, its scripts and WebAssembly included; the
//             page's own HTML, CSS, icon and the script that every page has do not.
//   further   the same queries one after the other in one session, after the first.
//   typing    the first 12 characters of a query, one every 120 ms, from opening the
//             page with nothing in the cache; ten queries, and debrief only, since
//             with Pagefind it is the page's author who decides about that.
//   ranking   the time of an answer once all files are there: each query is asked
//             twice in a row, and the second counts. The round with the best
//             median is shown, and each query's best round too, since a machine
//             that has other work to do makes some answers late in every round.
//
// Pagefind is used as its manual says: import pagefind.js, search(), and data() of
// the first ten results.
//
// Both are served by a server that compresses text types on the wire and leaves
// others as they are, as GitHub Pages does. Bytes are those of the bodies as sent.
// What the server sent and what Chromium says that it fetched are compared after
// every search; when they differ this stops. KB are 10^3 bytes.

import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { cpus, platform, arch, tmpdir } from 'node:os'
import { dirname, extname, join, normalize, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'

const here = dirname(fileURLToPath(import.meta.url))
const seed = '1'
const depth = 10 // results that are shown
const typed = 12 // characters
const between = 120 // ms, of typing
const quiet = 150 // ms without a request, after which a search is over
const longest = 60000 // ms that anything may take

const wait = (ms) => new Promise((ok) => setTimeout(ok, ms))

// queries are the natural ones. A query's place depends on its words alone.
function queries() {
  const lines = readFileSync(join(here, 'queries.tsv'), 'utf8').split('\n').filter((l) => l.trim() && !l.startsWith('#')).slice(1)
  const key = (text) => createHash('sha256').update(`${seed}\n${text}`).digest('hex')
  return lines.map((l) => l.split('\t')[1].trim()).sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

// # The server

const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml', '.xml': 'application/xml', '.txt': 'text/plain; charset=utf-8',
}

// blank is the page that Pagefind runs in, and debrief's ranking when it is timed.
const blank = {
  body: Buffer.from('<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Search</title></html>'),
  headers: { 'Content-Type': types['.html'], ETag: '"blank"' },
}

// Server serves folders under prefixes and notes what it sends.
class Server {
  constructor() {
    this.roots = new Map() // prefix -> folder
    this.packed = new Map() // file -> what is sent
    this.sent = []
    this.open = 0 // requests
    this.last = 0 // when the last one ended
  }

  async start() {
    this.http = createServer((request, response) => this.serve(request, response))
    this.http.keepAliveTimeout = longest
    await new Promise((ok) => this.http.listen(0, '127.0.0.1', ok))
    this.url = `http://127.0.0.1:${this.http.address().port}`
    return this
  }

  file(path) {
    const [prefix, dir] = [...this.roots].find(([p]) => path.startsWith(p)) ?? []
    if (!dir) return undefined
    const name = normalize(join(dir, decodeURIComponent(path.slice(prefix.length)) + (path.endsWith('/') ? 'index.html' : '')))
    if (this.packed.has(name)) return this.packed.get(name)
    if (!name.startsWith(dir) || !existsSync(name) || !statSync(name).isFile()) return undefined
    const data = readFileSync(name)
    const type = types[extname(name)]
    const file = {
      body: type ? gzipSync(data) : data,
      headers: {
        'Content-Type': type ?? 'application/octet-stream', ETag: `"${createHash('sha256').update(data).digest('hex').slice(0, 16)}"`, 'Cache-Control': 'max-age=600',
        ...(type && { 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' }),
      },
    }
    this.packed.set(name, file)
    return file
  }

  serve(request, response) {
    const { pathname } = new URL(request.url, this.url)
    const file = pathname === '/blank/' ? blank : this.file(pathname)
    const entry = { path: pathname, status: !file ? 404 : request.headers['if-none-match'] === file.headers.ETag ? 304 : 200 }
    const body = entry.status === 200 ? file.body : Buffer.alloc(0)
    const { socket } = request
    const before = socket.bytesWritten
    this.open++
    this.sent.push(Object.assign(entry, { bytes: body.length, wire: 0 }))
    response.on('close', () => {
      entry.wire = socket.bytesWritten - before
      this.open--
      this.last = Date.now()
    })
    response.writeHead(entry.status, { ...file?.headers, ...(entry.status === 200 && { 'Content-Length': body.length }) }).end(body)
  }
}

// # The browser

// Chromium is driven over a pipe, so no library is needed.
class Chromium {
  constructor(screen) {
    this.screen = screen
    this.dir = mkdtempSync(join(tmpdir(), 'debrief-chromium-'))
    this.process = spawn(findChromium(), [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update',
      '--disable-sync', '--no-first-run', '--no-default-browser-check', '--disable-extensions', '--remote-debugging-pipe', `--user-data-dir=${this.dir}`,
    ], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] })
    this.calls = new Map()
    this.sessions = new Map() // id -> tab
    this.id = 0
    let rest = ''
    this.process.stdio[4].setEncoding('utf8').on('data', (text) => {
      const messages = (rest + text).split('\0')
      rest = messages.pop()
      for (const m of messages) this.receive(JSON.parse(m))
    })
    this.process.on('exit', () => {
      for (const { no } of this.calls.values()) no(new Error('Chromium has ended'))
    })
    this.process.stdio[3].on('error', () => {}) // then it has ended
  }

  receive({ id, sessionId, method, params, result, error }) {
    if (id === undefined) return this.sessions.get(sessionId)?.hear(method, params)
    const call = this.calls.get(id)
    this.calls.delete(id)
    clearTimeout(call.timer)
    if (error) call.no(new Error(`${call.method}: ${error.message}`))
    else call.ok(result)
  }

  call(method, params = {}, sessionId) {
    const id = ++this.id
    return new Promise((ok, no) => {
      const timer = setTimeout(() => no(new Error(`${method} takes too long`)), longest)
      this.calls.set(id, { ok, no, method, timer })
      this.process.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + '\0')
    })
  }

  // tab opens one with a cache of its own, which is empty.
  async tab() {
    const { browserContextId } = await this.call('Target.createBrowserContext')
    const { targetId } = await this.call('Target.createTarget', { url: 'about:blank', browserContextId })
    const { sessionId } = await this.call('Target.attachToTarget', { targetId, flatten: true })
    const tab = new Tab(this, browserContextId, sessionId)
    this.sessions.set(sessionId, tab)
    await tab.call('Page.enable')
    await tab.watch(sessionId)
    const { width, height } = this.screen
    await tab.call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false })
    return tab
  }

  async close() {
    const ended = new Promise((ok) => this.process.on('exit', ok))
    this.call('Browser.close').catch(() => {})
    await Promise.race([ended, wait(5000)])
    this.process.kill()
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 10 })
  }
}

function findChromium() {
  const places = (process.env.PATH ?? '').split(':')
  for (const name of [process.env.CHROMIUM, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
    if (name?.includes('/') && existsSync(name)) return name
    const dir = name && places.find((d) => existsSync(join(d, name)))
    if (dir) return join(dir, name)
  }
  throw new Error('there is no Chromium: set CHROMIUM to its path')
}

// Tab notes what it and its workers fetch.
class Tab {
  constructor(browser, context, session) {
    Object.assign(this, { browser, context, session, requests: new Map(), fetched: [], loads: 0 })
  }

  call(method, params) {
    return this.browser.call(method, params, this.session)
  }

  async watch(session) {
    await this.browser.call('Network.enable', {}, session)
    await this.browser.call('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }, session)
  }

  hear(method, p) {
    const key = p.requestId
    const r = this.requests.get(key)
    switch (method) {
      case 'Page.loadEventFired':
        this.loads++
        break
      case 'Target.attachedToTarget': // a worker
        this.browser.sessions.set(p.sessionId, this)
        this.watch(p.sessionId).catch(() => {}).then(() => this.browser.call('Runtime.runIfWaitingForDebugger', {}, p.sessionId)).catch(() => {})
        break
      case 'Network.requestWillBeSent':
        if (p.request.url.startsWith('http')) this.requests.set(key, { path: new URL(p.request.url).pathname })
        break
      case 'Network.requestServedFromCache':
        if (r) r.cached = true
        break
      case 'Network.responseReceived':
        if (r && (p.response.fromDiskCache || p.response.fromPrefetchCache)) r.cached = true
        break
      case 'Network.loadingFinished':
      case 'Network.loadingFailed':
        this.requests.delete(key)
        if (r && !r.cached) this.fetched.push(r)
    }
  }

  async go(url) {
    const { loads } = this
    const { errorText } = await this.call('Page.navigate', { url })
    if (errorText) throw new Error(`${url}: ${errorText}`)
    for (const end = Date.now() + longest; this.loads === loads; await wait(5)) if (Date.now() > end) throw new Error(`${url} does not load`)
  }

  // ask evaluates an expression, and waits when it is a promise.
  async ask(expression) {
    const { result, exceptionDetails: e } = await this.call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
    if (e) throw new Error(`${e.exception?.description ?? e.text} in ${expression.slice(0, 200)}`)
    return result.value
  }

  close() {
    return this.browser.call('Target.disposeBrowserContext', { browserContextId: this.context })
  }
}

// # The two tools

// For each: what a file is, by its path. What is no part of the search has no name.
const tools = {
  debrief: {
    kinds: [
      ['script', /\/assets\/search\.[^/]*\.js$/], ['index.json', /\/search\/index\.json$/], ['facets', /\/search\/facets\./], ['fields', /\/search\/field\//], ['shards', /\/search\/shard\//], ['long lists', /\/search\/long\//],
      ['heads.json', /\/search\/heads\.json$/], ['spelling', /\/search\/spelling/], ['cards', /\/search\/doc\//], ['', /\/$|\.css$|\.svg$|\.woff2$|\/assets\/main\.[^/]*\.js$/], ['other', /./],
    ],
    prefix: '/kb/',
    first: (tab, url, q) => tab.go(`${url}/kb/search/?${new URLSearchParams({ q })}`).then(() => tab.ask(`${shown}()`)),
    further: (tab, q) => tab.ask(`(() => { const form = document.querySelector("#search form"); form.elements.q.value = ${JSON.stringify(q)}; form.requestSubmit(); return ${shown}() })()`),
    async ready(tab, url) {
      await tab.go(`${url}/blank/`)
      await tab.ask(`import("/modules/base.js").then(({ Base }) => Base.open("/kb/search/index.json")).then((base) => { globalThis.find = (q) => base.ask(q) })`)
    },
  },
  pagefind: {
    kinds: [
      ['script', /\/pagefind\.js$/], ['worker', /\/pagefind-worker\.js$/], ['WebAssembly', /\/wasm\.[^/]*\.pagefind$/], ['entry', /\/pagefind-entry\.json$/], ['meta', /\.pf_meta$/],
      ['index', /\.pf_index$/], ['fragments', /\.pf_fragment$/], ['', /\/blank\/$/], ['other', /./],
    ],
    prefix: '/pagefind/',
    first: (tab, url, q) => tools.pagefind.ready(tab, url).then(() => tools.pagefind.further(tab, q)),
    further: (tab, q) => tab.ask(`find(${JSON.stringify(q)}).then(({ results }) => Promise.all(results.slice(0, ${depth}).map((r) => r.data()))).then((all) => all.length)`),
    async ready(tab, url) {
      await tab.go(`${url}/blank/`)
      await tab.ask(`import("/pagefind/pagefind.js").then((pagefind) => { globalThis.find = (q) => pagefind.search(q) })`)
    },
  },
}

// shown waits until the search page shows an answer, and counts the results.
const shown = `((end = Date.now() + ${longest / 2}) => new Promise((ok, no) => {
  const look = () => {
    if (document.getElementById("search-found").className === "failed") no(new Error(document.getElementById("search-count").textContent))
    else if (document.getElementById("search").ariaBusy === "false") ok(document.querySelectorAll(".hit").length)
    else if (Date.now() > end) no(new Error("no answer"))
    else setTimeout(look, 5)
  }
  look()
}))`

const kindOf = (tool, path) => tool.kinds.find(([, is]) => is.test(path))[0]

// idle waits until nothing is under way.
async function idle(server, tab) {
  for (const end = Date.now() + longest; server.open || tab.requests.size || Date.now() - server.last < quiet; await wait(10)) {
    if (Date.now() > end) throw new Error(`a request does not end: ${[...tab.requests.values()].map((r) => r.path)}`)
  }
}

// counted does something in a tab and returns what it fetched, by kind of file.
async function counted(server, tab, tool, use) {
  server.sent = []
  tab.fetched = []
  const results = await use()
  await idle(server, tab)
  const total = { results, bytes: 0, wire: 0, requests: 0, kinds: {} }
  const mine = ({ path }) => kindOf(tool, path) !== ''
  const [sent, fetched] = [server.sent.filter(mine), tab.fetched.filter(mine)]
  const list = (some) => some.map((f) => f.path).sort().join('\n')
  if (list(sent) !== list(fetched)) throw new Error(`the server sent\n${list(sent)}\nand Chromium fetched\n${list(fetched)}`)
  for (const { path, bytes, wire, status } of sent) {
    if (status === 404) throw new Error(`there is no ${path}`)
    const kind = (total.kinds[kindOf(tool, path)] ??= { bytes: 0, requests: 0 })
    for (const sum of [total, kind]) {
      sum.bytes += bytes
      sum.requests++
    }
    total.wire += wire
  }
  return total
}

const parts = {
  async first(browser, server, tool, asked) {
    const all = []
    for (const q of asked) {
      const tab = await browser.tab()
      all.push(await counted(server, tab, tool, () => tool.first(tab, server.url, q)))
      await tab.close()
    }
    return all
  },

  async further(browser, server, tool, asked) {
    const tab = await browser.tab()
    const all = []
    for (const [i, q] of asked.entries()) all.push(await counted(server, tab, tool, () => (i ? tool.further(tab, q) : tool.first(tab, server.url, q))))
    await tab.close()
    return all.slice(1)
  },

  async typing(browser, server, tool, asked) {
    if (tool !== tools.debrief) return undefined
    const all = []
    for (const q of asked.map((q) => q.slice(0, typed)).filter((q) => q.length === typed).slice(0, 10)) {
      const tab = await browser.tab()
      all.push(await counted(server, tab, tool, async () => {
        await tab.go(`${server.url}/kb/search/`)
        await tab.ask('document.querySelector("#search input").focus()')
        let next = Date.now()
        for (const text of q) {
          await wait(next - Date.now())
          next += between
          await tab.call('Input.insertText', { text })
        }
        await wait(2 * between)
        return tab.ask(`${shown}()`)
      }))
      await tab.close()
    }
    return all
  },

  // ranking returns the milliseconds of each round.
  async ranking(browser, server, tool, _, { all, rounds }) {
    const times = []
    for (let i = 0; i < rounds; i++) {
      const tab = await browser.tab()
      await tool.ready(tab, server.url)
      const round = []
      for (const q of all) {
        round.push(await tab.ask(`(async (q) => {
          await find(q)
          const start = performance.now()
          await find(q)
          return performance.now() - start
        })(${JSON.stringify(q)})`))
      }
      times.push(round)
      await tab.close()
    }
    return times
  },
}

// # The tables

const at = (values, part) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))]
const median = (values) => at(values, 0.5)
const p95 = (values) => at(values, 0.95)
const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length
const kb = (bytes) => (bytes / 1e3).toFixed(1)

function table(title, rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((r) => String(r[i] ?? '').length)))
  console.log(`${title}\n\n${rows.map((r) => r.map((cell, i) => String(cell ?? '').padStart(widths[i] + 2)).join('')).join('\n')}\n`)
}

const titles = {
  first: 'First search, with an empty cache',
  further: 'Each further search in a session',
  typing: `Typing ${typed} letters, one every ${between} ms, with an empty cache`,
  ranking: 'Ranking in the browser, all files being there',
}

function print(measured, part) {
  const rows = measured.filter((m) => m[part]?.length)
  if (part === 'ranking') {
    table(titles[part], [['pages', 'tool', 'ms', 'ms p95', "p95 of each query's best", 'queries'], ...rows.map((m) => {
      const best = [...m.ranking].sort((a, b) => median(a) - median(b))[0]
      return [m.pages, m.tool, median(best).toFixed(1), p95(best).toFixed(1), p95(best.map((_, i) => Math.min(...m.ranking.map((round) => round[i])))).toFixed(1), best.length]
    })])
    return
  }
  table(titles[part], [['pages', 'tool', 'KB', 'KB p95', 'with headers', 'p95', 'requests', 'p95', 'results', 'searches'], ...rows.map((m) => {
    const of = (name) => m[part].map((x) => x[name])
    return [m.pages, m.tool, kb(median(of('bytes'))), kb(p95(of('bytes'))), kb(median(of('wire'))), kb(p95(of('wire'))), median(of('requests')), p95(of('requests')), mean(of('results')).toFixed(1), m[part].length]
  })])
  for (const name of Object.keys(tools)) {
    const mine = rows.filter((m) => m.tool === name)
    if (!mine.length) continue
    const used = tools[name].kinds.map(([kind]) => kind).filter((kind) => mine.some((m) => m[part].some((x) => x.kinds[kind])))
    const cell = (m, kind) => {
      const of = (what) => mean(m[part].map((x) => x.kinds[kind]?.[what] ?? 0))
      return of('requests') ? `${kb(of('bytes'))} (${of('requests').toFixed(1)})` : '-'
    }
    table(`by kind of file, ${name}: KB (requests), means`, [['pages', ...used, 'sum'], ...mine.map((m) => [m.pages, ...used.map((kind) => cell(m, kind)), kb(mean(m[part].map((x) => x.bytes)))])])
  }
}

const run = (program, ...args) => execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 }).trim()

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { screen: { type: 'string', default: '1280x800' }, queries: { type: 'string', default: '30' }, rounds: { type: 'string', default: '3' }, only: { type: 'string', default: Object.keys(parts).join() }, json: { type: 'string' } },
  })
  const wanted = values.only.split(',')
  if (!positionals.length || wanted.some((p) => !parts[p])) {
    console.error('usage: node internal/relevance/browser.mjs [--screen WxH] [--queries N] [--rounds N] [--only first,further,typing,ranking] [--json FILE] DIR...')
    process.exit(2)
  }
  const all = queries()
  const asked = all.slice(0, Number(values.queries))
  const rounds = Number(values.rounds)
  const temporary = mkdtempSync(join(tmpdir(), 'debrief-browser-'))
  const server = await new Server().start()
  const [width, height] = values.screen.split('x').map(Number)
  const browser = new Chromium({ width, height })
  try {
    const debrief = join(temporary, 'debrief')
    const pagefind = run('node', join(here, 'pagefind.mjs'), '--binary')
    run('go', 'build', '-o', debrief, './cmd/debrief')
    const measured = []
    for (const [i, name] of positionals.entries()) {
      const dir = resolve(name)
      const out = { debrief: join(temporary, `${i}-debrief`), pagefind: join(temporary, `${i}-pagefind`) }
      run(debrief, 'build', '--site', dir, '--base-url', `${server.url}${tools.debrief.prefix}`, '--out', out.debrief, '--lenient', '--drafts', '--future')
      run(pagefind, '--site', join(dir, 'html'), '--output-path', out.pagefind, '--quiet')
      const pages = JSON.parse(readFileSync(join(out.debrief, 'search', 'index.json'), 'utf8')).docs
      for (const tool of Object.keys(tools)) measured.push({ pages, tool, folder: out[tool] })
    }
    for (const part of Object.keys(parts).filter((p) => wanted.includes(p))) { // times come last
      for (const m of measured) {
        server.roots = new Map([[tools[m.tool].prefix, m.folder], ['/modules/', resolve('layouts/assets/js/search')]])
        server.packed = new Map()
        m[part] = await parts[part](browser, server, tools[m.tool], asked, { all, rounds })
      }
      print(measured, part)
    }
    const changed = run('git', 'status', '--porcelain', '--', 'internal', 'layouts', 'cmd', ':!internal/relevance') ? ' with changes' : ''
    const { product } = await browser.call('Browser.getVersion')
    console.log(`${new Date().toISOString().slice(0, 10)}, ${platform()}/${arch()}, ${cpus().length} processors; KB are 10^3 bytes as sent, without headers where it does not say with; medians over the searches`)
    if (wanted.includes('ranking')) console.log(`times: the round with the best median of ${rounds}`)
    console.log(`debrief ${run('git', 'rev-parse', '--short', 'HEAD')}${changed}, ${run('go', 'env', 'GOVERSION')}, ${run(pagefind, '--version').toLowerCase()}, ${product.replace(/^Headless|\//g, ' ').trim()}`)
    if (values.json) writeFileSync(values.json, JSON.stringify(measured.map(({ folder, ...m }) => m)) + '\n')
  } finally {
    await browser.close()
    server.http.closeAllConnections()
    server.http.close()
    rmSync(temporary, { recursive: true, force: true })
  }
}

await main()
