/** `map` and `repeat`: the list, the condition, and names that hide those of a loop around. */
import { checkCel } from './check-expressions';
import { warnHidden } from './check-locals';
import { type Site, siteOf } from './check-site';
import { checkTemplate } from './check-templates';
import type { StepNode } from './check-tree';
import type { JsonSchema } from './signatures';

/** What a map can go through; the interpreter holds longer lists to the same. */
const maximumItems = 5000;
const listSchema: JsonSchema = { type: 'array', items: {} };

export function checkMap(node: StepNode, site: Site): void {
  const { step, pointer } = node;
  const { map } = step;
  if (!map) return;
  const place = `${pointer}/map/in`;
  if (Array.isArray(map.in) && map.in.length > maximumItems)
    site.report('LIMIT_EXCEEDED', place, `a map takes at most ${String(maximumItems)} items, this list has ${String(map.in.length)}`);
  else if (typeof map.in === 'string' && !map.in.includes('{{'))
    site.report('ARGS_INVALID', place, 'is a text where a list is wanted', `write "{{${map.in}}}"`);
  else checkTemplate(map.in, listSchema, place, site, 'skips');
  if (map.max_failures !== undefined && map.on_item_error !== 'collect')
    site.report('PATTERN_INVALID', `${pointer}/map/max_failures`, 'without collect the first failure ends the map', 'add "on_item_error": "collect"');
  warnHidden(node, ['item', 'index'], site.checking);
} // prettier-ignore

export function checkRepeat(node: StepNode, site: Site): void {
  const { repeat } = node.step;
  if (!repeat) return;
  const inside = siteOf(site.checking, node.inner);
  checkCel(repeat.until, `${node.pointer}/repeat/until`, 'bool', inside);
  warnHidden(node, ['last', 'index'], site.checking);
}
