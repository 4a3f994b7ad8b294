import { createHash } from 'node:crypto';
import type { Example } from './example';
import type { DifferenceReport, Results } from './report';
import type { ReportDocument, Verdict } from './report-document';

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d4d8dd, #3b424b); --soft: light-dark(#f4f6f8, #1d2229); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; } h3 { font-size: 1rem; margin-bottom: 0.3rem; }
.verdict { padding: 1rem 1.2rem; border-left: 0.5rem solid; font-size: 1.2rem; background: var(--soft); }
.different { border-color: #d1242f; } .equal { border-color: #1a7f37; }
.explained { border-color: #bf8700; } .nothing-compared { border-color: #768390; }
table { border-collapse: collapse; width: 100%; table-layout: auto; }
th, td { border-bottom: 1px solid var(--line); padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; }
th.count, td.count { text-align: right; font-variant-numeric: tabular-nums; }
td.bad { color: light-dark(#b3202a, #ff7b72); font-weight: 600; }
code { font: 0.875rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.pair td { width: 50%; background: var(--soft); } .pair { margin: 0.3rem 0 1rem; table-layout: fixed; }
.small { font-size: 0.875rem; opacity: 0.8; }
`;

/** Nothing is loaded, nothing runs: the style alone is let in, known by its hash. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

const SENTENCES: Readonly<Record<Verdict, string>> = {
  different: 'The service answers differently, and nobody said that it should.',
  explained: 'Every difference has a reason; look whether it convinces.',
  equal: 'The service answers as the release does.',
  'nothing-compared': 'Nothing was compared yet.',
};

const RESULTS: readonly (keyof Results)[] = ['compared', 'equal', 'settled', 'volatile', 'explained', 'unexplained'];

/** The report as a page of its own, for a person: the verdict, the numbers, and then each difference. */
export function reportPage(report: ReportDocument): string {
  const unexplained = report.differences.filter(({ explanation }) => explanation === null);
  const explained = report.differences.filter(({ explanation }) => explanation !== null);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(PAGE_POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Shadow: ${escaped(report.verdict)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Shadow comparison</h1>
<p class="verdict ${report.verdict}">${SENTENCES[report.verdict]} ${escaped(counted(report))}</p>
<p class="small">Release <code>${escaped(report.release)}</code>, service <code>${escaped(report.service)}</code>;
from ${escaped(report.started_at)} to ${escaped(report.at)}.</p>
${totals(report)}
<h2>Routes</h2>
${routes(report)}
${section('Differences without a reason', unexplained)}
${section('Differences with a reason', explained)}
${unlisted(report)}
</body>
</html>
`;
}

/** Whatever the text holds, the page shows it and does not do it. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function counted({ totals: { compared, unexplained, dropped } }: ReportDocument): string {
  const lost = dropped > 0 ? ` ${dropped} more had no room and were not compared.` : '';
  return `${compared} compared, ${unexplained} with an unexplained difference.${lost}`;
}

function totals({ totals: all, skipped_because: skipped, settled_after: settled }: ReportDocument): string {
  const list = (counts: Readonly<Record<string, number>>, text: (name: string) => string) =>
    Object.entries(counts).map(([name, count]) => `${text(name)}: ${count}`);
  const rows = [
    ...Object.entries(all).map(([name, count]) => [name, String(count)]),
    ['settled, by further reads', list(settled, (reads) => `after ${reads}`).join(', ') || '–'],
    ['skipped, by reason', list(skipped, (reason) => reason).join(', ') || '–'],
  ];
  const body = rows.map(([name = '', value = '']) => `<tr><th>${escaped(name)}</th><td>${escaped(value)}</td></tr>`);
  return `<table>${body.join('\n')}</table>`;
}

function routes(report: ReportDocument): string {
  const head = RESULTS.map((name) => `<th class="count">${name}</th>`).join('');
  const rows = report.routes.map((route) => {
    const cells = RESULTS.map((name) => {
      const bad = name === 'unexplained' && route[name] > 0 ? ' bad' : '';
      return `<td class="count${bad}">${route[name]}</td>`;
    });
    return `<tr><td><code>${escaped(route.route)}</code></td>${cells.join('')}</tr>`;
  });
  return `<table><tr><th>route</th>${head}</tr>\n${rows.join('\n')}</table>`;
}

function section(title: string, differences: readonly DifferenceReport[]): string {
  return differences.length === 0 ? '' : `<h2>${title}</h2>\n${differences.map(oneDifference).join('\n')}`;
}

function oneDifference(difference: DifferenceReport): string {
  const { route, kind, pointer, explanation, count, first_at, last_at, examples } = difference;
  const at = pointer === '' ? '' : ` at <code>${escaped(pointer)}</code>`;
  const why = explanation === null ? '' : `<p>Reason: ${escaped(explanation)}</p>\n`;
  return `<h3><code>${escaped(kind)}</code>${at} of <code>${escaped(route)}</code></h3>
<p class="small">${count} times, first ${escaped(first_at)}, last ${escaped(last_at)}</p>
${why}${examples.map(oneExample).join('\n')}`;
}

function oneExample({ at, method, target, request_id, release, service }: Example): string {
  return `<p class="small"><code>${escaped(`${method} ${target}`)}</code>, ${escaped(at)}, request ${escaped(request_id)}</p>
<table class="pair"><tr><th>release</th><th>service</th></tr>
<tr><td><code>${escaped(release)}</code></td><td><code>${escaped(service)}</code></td></tr></table>`;
}

function unlisted({ unlisted_differences: count }: ReportDocument): string {
  return count === 0 ? '' : `<p>Differences were met ${count} more times for which there is no place in this list.</p>`;
}
