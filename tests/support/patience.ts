/** How long one test may take: on two cores beside a Temporal server, the default of five seconds is too short. */
jest.setTimeout(expect.getState().testPath?.includes('/tests/') === true ? 60_000 : 30_000);
