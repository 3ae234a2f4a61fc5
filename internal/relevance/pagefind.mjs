// Asks Pagefind the benchmark's queries, over the pages that
// `go run ./internal/relevance -pages DIR` wrote:
//
//   node internal/relevance/pagefind.mjs DIR        writes DIR/pagefind-results.json
//   node internal/relevance/pagefind.mjs --binary   prints where its program is, for -figures
//
// Pagefind is installed from the npm registry into a temporary folder, which
// stays there for the next time. Nothing goes into the repository.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const version = '1.6.0'
const depth = 10 // results that are looked at

const home = join(tmpdir(), `debrief-pagefind-${version}`)

// install returns the path of Pagefind's program, the one that its own command
// prefers.
async function install() {
  if (!existsSync(join(home, 'node_modules', 'pagefind'))) {
    mkdirSync(home, { recursive: true })
    execFileSync('npm', ['install', '--prefix', home, '--no-save', '--no-audit', '--no-fund', `pagefind@${version}`], { stdio: ['ignore', 'ignore', 'inherit'] })
  }
  const { resolveBinaryPath } = await import(pathToFileURL(join(home, 'node_modules', 'pagefind', 'lib', 'resolveBinary.js')))
  return resolveBinaryPath(['pagefind_extended', 'pagefind'])
}

// Pagefind's script fetches its files, and in Node fetch knows no files.
const overNetwork = globalThis.fetch
globalThis.fetch = async (url, options) => {
  const text = String(url)
  if (!text.startsWith('file:')) return overNetwork(url, options)
  const data = await readFile(fileURLToPath(text.replace(/\?.*$/, '')))
  return new Response(data)
}

async function main(dir) {
  const binary = await install()
  const html = join(dir, 'html')
  execFileSync(binary, ['--site', html, '--quiet'], { stdio: ['ignore', 'ignore', 'inherit'] })
  const names = JSON.parse(readFileSync(join(dir, 'names.json'), 'utf8'))
  const queries = JSON.parse(readFileSync(join(dir, 'queries.json'), 'utf8'))

  const base = pathToFileURL(join(html, 'pagefind')).href + '/'
  const pagefind = await import(base + 'pagefind.js')
  await pagefind.options({ basePath: base, baseUrl: '/' })
  await pagefind.init('en')
  const found = {}
  for (const { query } of queries) {
    const { results } = await pagefind.search(query)
    const pages = await Promise.all(results.slice(0, depth).map(r => r.data()))
    found[query] = pages.map(p => {
      const name = names[parseInt(p.raw_url.replace(/^.*\//, ''), 10)]
      if (name === undefined) throw new Error(`a result at ${p.raw_url}, which is no page of the benchmark`)
      return name
    })
  }
  const out = join(dir, 'pagefind-results.json')
  writeFileSync(out, JSON.stringify({ version, found }, null, 1) + '\n')
  const none = Object.values(found).filter(f => f.length === 0).length
  console.log(`${Object.keys(found).length} queries, ${none} without a result: ${out}`)
}

const [argument] = process.argv.slice(2)
if (argument === '--binary') {
  console.log(await install())
} else if (argument) {
  await main(resolve(argument))
  process.exit() // Pagefind's worker would keep Node running
} else {
  console.error('usage: node internal/relevance/pagefind.mjs DIR | --binary')
  process.exit(2)
}
