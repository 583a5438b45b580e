import { problemText } from './problem';

/** As from the server, whose problems have a status. */
const lines = (problem: object): string[] =>
  problemText({ status: 400, title: 'The title.', ...problem }, {} as NodeJS.WriteStream)
    .trimEnd()
    .split('\n');

describe('a problem', () => {
  it('of the request lists what is wrong, once, and points to it', () => {
    const problems = [
      { code: 'REQUEST_INVALID', pointer: '/inputs/a', message: 'must be integer' },
      { code: 'REQUEST_INVALID', pointer: '/inputs/b', message: 'unknown member "b"', suggestion: 'did you mean c?' },
    ];
    const detail = '/inputs/a: must be integer (and 1 more)';
    expect(lines({ code: 'REQUEST_INVALID', detail, problems, action: 'Correct the members in `problems`.' })).toEqual([
      'error REQUEST_INVALID: The title.',
      '  at /inputs/a: must be integer',
      '  at /inputs/b: unknown member "b" (did you mean c?)',
      '  next: Correct what is named above; see --help.',
    ]);
    expect(lines({ code: 'REQUEST_INVALID', detail: 'The body is not valid JSON.' })[0]).toContain('The body is not');
  }); // prettier-ignore

  const pack = { code: 'PACK_NOT_FOUND', detail: 'There is none.', action: 'Use `nearest`.' };
  const near = { pack_id: 'PP_2013-02-28', asof_date: '2013-02-28' };
  it.each([
    [{ asof_date: '2013-03-02', nearest: near }, ['  nearest: PP_2013-02-28 (of 2013-02-28)', '  next: Use --asof 2013-02-28, or none: then it is the newest fresh one.']],
    [{ asof_date: '1999-01-01', nearest: null }, ['  next: Name a later day, or none: then it is the newest fresh one.']],
    [{ pack_id: 'PP_2013-03-02', nearest: near }, ['  nearest: PP_2013-02-28 (of 2013-02-28)', '  next: Use PP_2013-02-28.']],
    [{ pack_id: 'PP_2013-02-99', nearest: null }, ['  next: Name the pack of another day.']],
    [{ pack_id: 'PP_2013-02-28', superseded_by: 'PP_2013-02-28_A' }, ['  next: Use PP_2013-02-28_A.']],
  ])('of a pack that is not there, with %j, advises what there is', (members, told) => {
    expect(lines({ ...pack, ...members }).slice(1)).toEqual(told);
  }); // prettier-ignore

  it('of a field advises the nearest only where there is one, and says it once', () => {
    const field = { code: 'FIELD_UNKNOWN', detail: 'There is no "x".' };
    expect(lines({ ...field, nearest: null }).slice(1)).toEqual([
      '  next: See which figures there are: dawsos explain ID',
    ]);
    expect(lines({ ...field, nearest: 'a.y' }).slice(1)).toEqual([
      '  nearest: a.y',
      '  next: Ask for the nearest one, or see which figures there are: dawsos explain ID',
    ]);
    expect(lines({ ...field, detail: 'No "x". Did you mean "a.y"?', nearest: 'a.y' })).toHaveLength(2);
  });
});
