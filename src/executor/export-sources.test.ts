import { catalogue } from '../capabilities';
import { isListed } from '../rights/what-is-read';

describe('what capabilities read', () => {
  it('has been looked up for each that depends on pack and ledger', () => {
    const pure = Object.values(catalogue).filter((capability) => capability.pure);
    expect(pure.length).toBeGreaterThan(50);
    // Not listed: it counts as having read the whole pack, and what rests on it may hardly ever be exported.
    expect(pure.filter(({ name, agent }) => !isListed(name, agent)).map(({ name }) => name)).toEqual([]);
  });
});
