import { describeEvents } from './events.stories';
import { type NotifierWorld, openNotifierWorld } from './notifier-world.fixture';
import { describeOrganization } from './organization.stories';
import { describePluginStacks } from './plugin-stacks.stories';

let world: NotifierWorld;
beforeAll(async () => {
  world = await openNotifierWorld();
});
afterAll(() => world.close());
afterEach(() => expect(world.rooms.flatMap(({ rejections }) => rejections)).toEqual([]));

describe('the whole notifier over real connections', () => describeEvents(() => world));
describe('an organization', () => describeOrganization(() => world));
describe('plug-in stacks of older notifiers', () => describePluginStacks(() => world));
