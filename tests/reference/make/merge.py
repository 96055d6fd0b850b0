"""Writes ../merge.json: rewards, drivers and speeds of MARL_CAVs' merge environment.

The functions named below are taken from the repository's files as they are and called on plain objects
in place of its road network, so neither gym nor pygame is needed.
Run with a Python that has NumPy: python3 merge.py <path of a clone of DongChen06/MARL_CAVs>
"""
import ast
import json
import pathlib
import random
import subprocess
import sys
from types import SimpleNamespace

import numpy as np

CLONE = sys.argv[1]
PACKAGE = "highway-env/highway_env/"


def source(path):
    return subprocess.run(["git", "-C", CLONE, "show", f"HEAD:{PACKAGE}{path}"], capture_output=True, text=True, check=True).stdout


def load(path, names, scope):
    """Defines the named functions of a file in `scope`, without their annotations; the first of each name."""
    for node in ast.walk(ast.parse(source(path))):
        if isinstance(node, ast.FunctionDef) and node.name in names and node.name not in scope:
            node.decorator_list = []
            node.returns = None
            for argument in node.args.args:
                argument.annotation = None
            exec(compile(ast.Module([node], []), path, "exec"), scope)
    return scope


utils = SimpleNamespace(**{k: v for k, v in load("utils.py", ["lmap", "not_zero"], {"np": np}).items() if k in ("lmap", "not_zero")})
env = load("envs/merge_env_v1.py", ["_agent_reward", "_regional_reward"], {"np": np, "utils": utils, "sum": sum, "MDPVehicle": SimpleNamespace})
headway = load("envs/common/abstract.py", ["_compute_headway_distance"], {})["_compute_headway_distance"]
idm = load("vehicle/behavior.py", ["acceleration", "desired_gap"], {"np": np, "utils": utils, "RoadObject": type("RoadObject", (), {})})
np.int = int
speeds = load("vehicle/controller.py", ["speed_to_index", "index_to_speed"], {"np": np})

CONFIG = {
    "reward_speed_range": [10, 30], "COLLISION_REWARD": 200, "HIGH_SPEED_REWARD": 1,
    "HEADWAY_COST": 4, "HEADWAY_TIME": 1.2, "MERGING_LANE_COST": 4,
}
ENDS = [220, 100, 100, 100]
random.seed(20)


def reward_case(name, speed, distance, x, merge, crashed):
    lane = ("b", "c", 1) if merge else ("b", "c", 0)
    car = SimpleNamespace(speed=speed, lane_index=lane, position=[x, 0], crashed=crashed)
    other = SimpleNamespace(lane_index=lane, position=[x + distance, 0])
    network = SimpleNamespace(next_lane=lambda *_, **__: None)
    self = SimpleNamespace(config=CONFIG, ends=ENDS, road=SimpleNamespace(vehicles=[car, other], network=network))
    self._compute_headway_distance = lambda vehicle: headway(self, vehicle)
    return {
        "name": name,
        "inputs": {"speed": speed, "headway": distance, "x": x, "onMergeLane": merge, "crashed": crashed},
        "outputs": float(env["_agent_reward"](self, 1, car)),
    }


rewards = [
    reward_case("headway 1.2 s exactly", 20, 24, 350, False, False),
    reward_case("half of it", 20, 12, 350, False, False),
    reward_case("the best there is", 30, 60, 350, False, False),
    reward_case("end of the lane", 20, 100, 420, True, False),
    reward_case("50 m before it", 20, 100, 370, True, False),
    reward_case("crash", 25, 15, 410, True, True),
    reward_case("at a stand", 0, 10, 400, True, False),
    reward_case("faster than the range", 35, 80, 300, False, False),
    reward_case("slower than the range", 5, 80, 300, False, False),
] + [
    reward_case(f"random {i}", random.uniform(0, 35), random.uniform(1, 80), random.uniform(320, 425), random.random() < 0.5, random.random() < 0.2)
    for i in range(24)
]


def levels_case(name, rewards, lanes, xs):
    """All cars in the merge zone; neighbours by the code's own _regional_reward on a road of two lanes."""
    cars = [SimpleNamespace(local_reward=r, lane_index=("b", "c", lane), position=[x, 0]) for r, lane, x in zip(rewards, lanes, xs)]

    def surrounding(vehicle, lane_index=None):
        lane_index = lane_index or vehicle.lane_index
        on = [v for v in cars if v is not vehicle and v.lane_index == lane_index]
        front = min((v for v in on if v.position[0] >= vehicle.position[0]), key=lambda v: v.position[0], default=None)
        rear = max((v for v in on if v.position[0] < vehicle.position[0]), key=lambda v: v.position[0], default=None)
        return front, rear

    network = SimpleNamespace(side_lanes=lambda index: [("b", "c", 1 - index[2])])
    self = SimpleNamespace(controlled_vehicles=cars, ends=ENDS, road=SimpleNamespace(surrounding_vehicles=surrounding, network=network))
    env["_regional_reward"](self)
    return {
        "name": name,
        "inputs": {"rewards": rewards, "lanes": lanes, "xs": xs},
        "outputs": [float(car.regional_reward) for car in cars],
    }


levels = [
    levels_case("alone", [0.5], [0], [350]),
    levels_case("two beside each other", [1.0, -4.0], [0, 1], [350, 360]),
    levels_case("three in a row: the ends do not see each other", [1.0, 0.0, -3.0], [0, 0, 0], [330, 360, 390]),
] + [
    levels_case(
        f"random {n}", [random.uniform(-5, 1) for _ in range(n)], [random.randint(0, 1) for _ in range(n)],
        [random.uniform(321, 419) for _ in range(n)],
    )
    for n in (3, 4, 5, 6)
]


class Driver(SimpleNamespace):
    COMFORT_ACC_MAX, COMFORT_ACC_MIN, DISTANCE_WANTED, TIME_WANTED, DELTA = 3.0, -5.0, 10.0, 1.5, 4.0
    acceleration = idm["acceleration"]
    desired_gap = idm["desired_gap"]

    def lane_distance_to(self, other):
        return other.x - self.x

    @property
    def velocity(self):
        return np.array([self.speed, 0.0])

    @property
    def direction(self):
        return np.array([1.0, 0.0])


def idm_case(name, speed, target, gap, ahead):
    car = Driver(speed=speed, target_speed=target, x=0.0)
    front = None if gap is None else Driver(speed=ahead, target_speed=target, x=gap)
    return {
        "name": name,
        "inputs": {"speed": speed, "desiredSpeed": target, "gap": "Infinity" if gap is None else gap, "speedAhead": ahead},
        "outputs": float(car.acceleration(car, front)),
    }


drivers = [
    idm_case("free road", 20.0, 25.0, None, 0.0),
    idm_case("free road, too fast", 28.0, 25.0, None, 0.0),
    idm_case("a stand ahead", 25.0, 25.0, 60.0, 0.0),
    idm_case("the car ahead draws away: a negative wish", 5.0, 25.0, 6.0, 40.0),
] + [
    idm_case(f"random {i}", random.uniform(0, 30), random.uniform(20, 30), random.uniform(3, 120), random.uniform(0, 30))
    for i in range(12)
]


class Speeds(SimpleNamespace):
    SPEED_COUNT, SPEED_MIN, SPEED_MAX = 5, 10, 30


indices = []
for speed in [0, 7.4, 12.4, 12.5, 12.6, 17.5, 22.5, 26.1, 27.5, 30, 41]:
    index = int(speeds["speed_to_index"](Speeds(), speed))
    indices.append({"name": f"{speed} m/s", "inputs": {"speed": speed}, "outputs": {"index": index, "speed": float(speeds["index_to_speed"](Speeds(), index))}})

commit = subprocess.run(["git", "-C", CLONE, "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()


def section(name, path, function, formula, cases):
    return {
        "name": name,
        "source": {"repo": "DongChen06/MARL_CAVs", "path": PACKAGE + path, "function": function, "commit": commit},
        "formula": formula,
        "cases": cases,
        "tolerance": {"rtol": 1e-12, "atol": 1e-12},
    }


document = {
    "topic": "on-ramp merging",
    "encoding": "\"Infinity\" stands for no car ahead",
    "precision": "float64",
    "made_with": f"NumPy {np.__version__}",
    "sections": [
        section("agent_reward", "envs/merge_env_v1.py", "_agent_reward", "-200 crash + speed + 4 headway + 4 merging lane", rewards),
        section("regional_reward", "envs/merge_env_v1.py", "_regional_reward", "mean over self and controlled neighbours", levels),
        section("idm", "vehicle/behavior.py", "IDMVehicle.acceleration, desired_gap", "centre distances, s0 = 10", drivers),
        section("speed_index", "vehicle/controller.py", "MDPVehicle.speed_to_index, index_to_speed", "nearest of five speeds, halves to even", indices),
    ],
}
path = pathlib.Path(__file__).parent.parent / "merge.json"
path.write_text(json.dumps(document, indent="\t") + "\n")
