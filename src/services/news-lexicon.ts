/** Words of news about companies that speak for or against them: data of the sentiment method, with its version. */

/** Raise it with every change: a sentiment names the version it was read with. */
export const lexiconVersion = '1';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

export const positiveWords = words(`
  beat beats beating approval approved approves boost boosts boosted breakthrough climb climbs climbed climbing exceed
  exceeds exceeded expand expands expanded expansion gain gains gained grow grows grew growing growth jump jumps jumped
  optimistic outperform outperforms outperformed profit profits profitable raise raises raised rallies rally rallied
  rebound rebounds rebounded record recover recovers recovered recovery rise rises rising rose soar soars soared strong
  stronger strongest succeed succeeds success successful surge surges surged tops topped upbeat upgrade upgrades upgraded
  win wins winning won
`);

export const negativeWords = words(`
  bankrupt bankruptcy breach breached collapse collapsed collapses crash crashed crashes crisis cut cuts cutting decline
  declined declines declining default defaulted defaults delay delayed delays downgrade downgraded downgrades drop dropped
  drops fall falling falls fell fined fraud halt halted halts investigation investigated layoff layoffs lawsuit lawsuits
  lose loses losing loss losses lost miss missed misses penalty pessimistic plunge plunged plunges probe probed probes
  recall recalled recalls scandal shortage shortages sank sink sinks slid slide slides slump slumped slumps sue sued sues
  tumble tumbled tumbles underperform underperformed underperforms warn warned warning warns weak weaker weakest weakness
`);

/** One of them shortly before a word turns its meaning. */
export const negations = words(
  `no not never without fails failed avoid avoids avoided cannot isn't wasn't doesn't didn't don't won't`,
);

/** So many words before count as shortly before. */
export const negationReach = 3;

/** What one word adds to a sentiment or takes from it, by where it stands. */
export const wordWeights = { title: 0.15, description: 0.05 } as const;
