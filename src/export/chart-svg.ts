/** A Vega-Lite specification as an SVG drawing, without a browser and without a canvas: text and lines stay vectors. */
import { type Loader, parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

const drawing = { width: 640, height: 260 };

/** A chart holds its data: nothing is fetched from a file or an address, whatever the specification says. */
const closedLoader: Loader = {
  load: refuse,
  sanitize: refuse,
  http: refuse,
  file: refuse,
};

/** @throws Error when it is no specification that can be drawn */
export async function chartSvg(spec: Record<string, unknown>): Promise<string> {
  const sized = { ...spec, ...(isSingle(spec) && { width: drawing.width, height: drawing.height }) };
  const config = { font: 'Roboto', background: 'white' };
  const { spec: compiled } = compile(sized as unknown as TopLevelSpec, { config });
  const view = new View(parse(compiled), { renderer: 'none', loader: closedLoader });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

/** Charts of several views size themselves. */
function isSingle(spec: Record<string, unknown>): boolean {
  return !['facet', 'hconcat', 'vconcat', 'concat', 'repeat'].some((name) => name in spec);
}

function refuse(): Promise<never> {
  return Promise.reject(new Error('A chart of an export loads nothing: its data stand in it.'));
}
