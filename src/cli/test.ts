/** `npm run pattern:test`: what `dawsos test` does. */
import { testCommand } from './commands/test';

void testCommand().name('npm run pattern:test --').parseAsync();
