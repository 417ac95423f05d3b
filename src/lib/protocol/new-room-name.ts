/**
 * Names for new rooms: easy to say on the telephone, hard to guess. Four words out of 256 and one of 256 numbers are 40 random bits, so that
 * nobody finds a room by trying names. What is said in a room is protected by its secret, not by its name.
 */
const words = `
	acorn agate alder almond alpine amber anchor apple apron arbor aspen atlas autumn badger bagel bamboo
	banjo barley basil basket beacon beaver berry birch bison bonsai brave breeze brick bridge bright
	bronze brook bubble bucket butter button cabin cactus calm camel candle canoe canyon carbon carpet
	carrot castle cedar cello chalk cherry chess cider cinema circle citrus clever cliff clock cloud clover
	cobalt cocoa comet copper coral cotton cousin coyote cradle crane crater crisp curry cycle daisy dancer
	dapper delta denim desert donut dragon drum dune eagle early easel echo elbow ember engine falcon fancy
	fern fiddle field finch fjord flame flute forest fossil fox frost galaxy garden garlic garnet gecko
	gentle ginger globe golden gopher grape gravel guitar hammer happy harbor hazel heron hiking hippo
	hollow honey humble igloo indigo iris island ivory jacket jade jaguar jigsaw jolly kayak kettle kitten
	kiwi koala ladder lagoon lark lava lemon lilac linen lively lizard llama lotus lucky lunar magnet mango
	maple marble meadow mellow melon mentor merry meteor mint mirror mitten monkey moss muffin mural napkin
	nectar nimble noble noodle nutmeg oasis ocean olive onyx opal orbit orchid otter oyster paddle panda
	papaya paper parrot pearl pebble pencil pepper piano pickle pigeon pillow pilot pine planet plum polar
	pollen pond poppy potato puffin puzzle quartz quiet rabbit radish raven reef ribbon river robin rocket
	saddle sage salmon sandal saturn sesame shadow silver spruce sunny tango teapot tiger timber topaz
	tulip tundra turtle valley velvet violet violin walnut willow window winter wizard wren yarrow yellow
	yogurt zebra zipper
`
	.trim()
	.split(/\s+/);

const wordsInName = 4;

/** A name like `maple-otter-cloud-river-217`. `randomBytes` must be cryptographic. */
export function newRoomName(randomBytes: (length: number) => Uint8Array): string {
	const bytes = [...randomBytes(wordsInName + 1)];
	const number = 100 + (bytes.pop() ?? 0);
	return [...bytes.map((byte) => words[byte]), number].join('-');
}
