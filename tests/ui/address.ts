/** Where the server under test listens: below a hub-like base URL, with a real token. */
export const PORT = Number(process.env.NANOCHAT_LEARN_TEST_PORT ?? 18_888);
export const TOKEN = 'a-token-for-tests-only';
export const BASE = `http://127.0.0.1:${PORT}/user/x/`;
