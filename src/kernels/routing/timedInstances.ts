/**
 * Three of the ten random instances on which the paper times its branch-and-bound codes, from its repository
 * (instances/branch_and_bound), x and y in turn; distances are the plane's own. On these three DeepSeek-R1's code
 * ends above the shortest tour.
 */
export const timedInstances = {
	third: [
		254, 1715, 666, 1481, 586, 1717, 54, 1597, 10, 1103, 411, 1313, 10, 1401, 636, 1000, 344, 1883,
		329, 1455, 338, 2164
	],
	seventh: [
		3560, 2223, 3343, 2123, 3876, 2046, 3110, 1913, 3395, 1544, 2634, 2029, 3789, 1979, 4061, 1790,
		3532, 2442, 3546, 2594
	],
	ninth: [
		5024, 1748, 4561, 1864, 4511, 2326, 4700, 2208, 5022, 1932, 4830, 1431, 4503, 2472, 4592, 2354,
		4361, 1320, 4875, 2375, 4309, 1437, 4248, 2069, 5355, 2347, 4675, 1213
	]
} as const satisfies Record<string, readonly number[]>;
