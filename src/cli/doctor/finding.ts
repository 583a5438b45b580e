/** What one check of `dawsos doctor` found. */

export interface Finding {
  /** What was looked at. */
  name: string;
  /** `warn`: it works, but not as well as it could, or not now. */
  level: 'ok' | 'warn' | 'fail';
  message: string;
  /** What to do next; with `ok` there is nothing to do. */
  action?: string;
}

export const ok = (name: string, message: string): Finding => ({ name, level: 'ok', message });
export const warn = (name: string, message: string, action: string): Finding => ({
  name,
  level: 'warn',
  message,
  action,
});
export const fail = (name: string, message: string, action: string): Finding => ({
  name,
  level: 'fail',
  message,
  action,
});
