/** What the pool does without a server: refuses a user that is none, and says that the server is away. */
import { createPool, withUser } from './pool';

const pool = createPool('postgres://nobody@127.0.0.1:1/none');
const user = '00000000-0000-4000-8000-000000000000';

afterAll(() => pool.end());

it.each(['', "'; drop table users; --", `${user}'`])(
  'refuses the user %j, which would stand in a statement',
  async (id) => {
    await expect(withUser(pool, id, async () => 1)).rejects.toMatchObject({ code: 'INTERNAL' });
  },
);

it('says that the database is unavailable when nobody listens there', async () => {
  await expect(withUser(pool, user, async () => 1)).rejects.toMatchObject({
    code: 'DATABASE_UNAVAILABLE',
    retryable: true,
  });
});
