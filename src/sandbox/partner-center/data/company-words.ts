/** First words of made-up companies. */
export const companyWords: readonly string[] = `
  Alder Amber Beacon Birch Bluebell Bridge Cedar Clover Copper Coral Crescent Dale Ember Falcon Fern Foxglove
  Garnet Granite Harbour Hazel Heron Hollow Ivory Juniper Kestrel Lantern Laurel Linden Maple Meadow Mill
  Orchard Pebble Quarry Raven River Saffron Slate Thistle Willow
`
  .trim()
  .split(/\s+/);
