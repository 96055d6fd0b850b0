// The same transformer, step and generation as src/kernels/lm, as one would write them in C++ for
// speed: blocked products that the compiler turns into vectors, no allocation in the loop.
// Usage: lm <file of parameters, tokens and targets> <vocab> <length> <layers> <width> <heads>
//           <hidden> <batch> <steps>
// Prints JSON: milliseconds of each training step and of each generation, and the loss of each step.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

using std::vector;

static int size, V, T, L, W, H, F, B, D;

// Four numbers of one register, read from anywhere.
typedef float Four __attribute__((vector_size(16), aligned(4), may_alias));

static inline void store(float *to, Four s, int columns, bool accumulate) {
	for (int q = 0; q < std::min(4, columns); q++) to[q] = accumulate ? to[q] + s[q] : s[q];
}

// C (+)= A·B; A(i, p) at a + i·ai + p·ap, B in panels of 8 columns, C row by row. Arrays go on for 8
// numbers behind their end.
static void matmul(const float *a, int ai, int ap, const float *b, int bRow, int bPanel, float *c, int cRow,
                   int m, int n, int k, bool accumulate) {
	for (int j = 0; j < n; j += 8, b += bPanel) {
		int i = 0;
		for (; i + 3 < m; i += 4) {
			Four s0{}, s1{}, s2{}, s3{}, t0{}, t1{}, t2{}, t3{};
			const float *x = a + i * ai, *y = b;
			for (int p = 0; p < k; p++, x += ap, y += bRow) {
				const Four u = *(const Four *)y, v = *(const Four *)(y + 4);
				s0 += x[0] * u, t0 += x[0] * v;
				s1 += x[ai] * u, t1 += x[ai] * v;
				s2 += x[2 * ai] * u, t2 += x[2 * ai] * v;
				s3 += x[3 * ai] * u, t3 += x[3 * ai] * v;
			}
			float *to = c + i * cRow + j;
			const Four sums[] = {s0, s1, s2, s3, t0, t1, t2, t3};
			for (int r = 0; r < 4; r++) {
				if (n - j >= 8 && !accumulate) {
					*(Four *)(to + r * cRow) = sums[r];
					*(Four *)(to + r * cRow + 4) = sums[4 + r];
				} else if (n - j >= 8) {
					*(Four *)(to + r * cRow) += sums[r];
					*(Four *)(to + r * cRow + 4) += sums[4 + r];
				} else {
					store(to + r * cRow, sums[r], n - j, accumulate);
					store(to + r * cRow + 4, sums[4 + r], n - j - 4, accumulate);
				}
			}
		}
		for (; i < m; i++) {
			Four s{}, t{};
			const float *x = a + i * ai, *y = b;
			for (int p = 0; p < k; p++, x += ap, y += bRow) {
				s += *x * *(const Four *)y;
				t += *x * *(const Four *)(y + 4);
			}
			store(c + i * cRow + j, s, n - j, accumulate);
			store(c + i * cRow + j + 4, t, n - j - 4, accumulate);
		}
	}
}

struct Matrix {
	int weight = 0, outputs = 0, inputs = 0;
	vector<float> packed = {};
};

static vector<float> parameters, gradient, mean, square;

static void pack(Matrix &w) {
	const int panels = (w.outputs + 7) / 8;
	w.packed.assign(panels * 8 * w.inputs, 0);
	for (int o = 0; o < w.outputs; o++)
		for (int i = 0; i < w.inputs; i++)
			w.packed[(o / 8) * 8 * w.inputs + 8 * i + o % 8] = parameters[w.weight + o * w.inputs + i];
}

static void linear(const Matrix &w, const float *x, float *y, int rows, bool accumulate = false) {
	matmul(x, w.inputs, 1, w.packed.data(), 8, 8 * w.inputs, y, w.outputs, rows, w.outputs, w.inputs,
	       accumulate);
}

static void linearBackward(const Matrix &w, const float *x, const float *dy, float *dx, int rows) {
	for (int r = 0; r < rows; r += 64)
		matmul(dy + r * w.outputs, 1, w.outputs, x + r * w.inputs, w.inputs, 8,
		       gradient.data() + w.weight, w.inputs, w.outputs, w.inputs, std::min(64, rows - r), true);
	matmul(dy, w.outputs, 1, parameters.data() + w.weight, w.inputs, 8, dx, w.inputs, rows, w.inputs,
	       w.outputs, false);
}

static void norm(const float *x, const float *w, float *y, float *inverse, int rows) {
	for (int r = 0; r < rows; r++, x += W, y += W) {
		float sum = 0;
		for (int i = 0; i < W; i++) sum += x[i] * x[i];
		const float s = inverse[r] = 1 / std::sqrt(sum / W + 1e-6f);
		for (int i = 0; i < W; i++) y[i] = x[i] * s * w[i];
	}
}

static void normBackward(const float *x, int w, const float *inverse, const float *dy, float *dx,
                         int rows) {
	const float *weight = parameters.data() + w;
	float *dWeight = gradient.data() + w;
	for (int r = 0; r < rows; r++, x += W, dy += W, dx += W) {
		const float s = inverse[r];
		float dot = 0;
		for (int i = 0; i < W; i++) dot += weight[i] * dy[i] * x[i];
		const float pull = dot / W * s * s;
		for (int i = 0; i < W; i++) {
			dx[i] += s * (weight[i] * dy[i] - x[i] * pull);
			dWeight[i] += dy[i] * x[i] * s;
		}
	}
}

static vector<float> cosines, sines;

static void rotate(float *x, int stride, const int *positions, int rows, float direction) {
	const int half = D / 2;
	for (int r = 0; r < rows; r++)
		for (int h = 0; h < 2 * H; h++) {
			float *at = x + r * stride + h * D;
			const float *c = &cosines[positions[r] * half], *s = &sines[positions[r] * half];
			for (int i = 0; i < half; i++) {
				const float u = at[i], v = at[half + i], sin = direction * s[i];
				at[i] = u * c[i] - v * sin;
				at[half + i] = v * c[i] + u * sin;
			}
		}
}

static void softmax(float *row, int count, float scale) {
	float largest = row[0], sum = 0;
	for (int i = 1; i < count; i++) largest = std::max(largest, row[i]);
	for (int i = 0; i < count; i++) sum += row[i] = std::exp((row[i] - largest) * scale);
	const float inverse = 1 / sum;
	for (int i = 0; i < count; i++) row[i] *= inverse;
	for (int i = count; i % 4; i++) row[i] = 0;
}

static void transpose(const float *x, int stride, float *y, int to, int rows, int columns) {
	for (int r = 0; r < rows; r++)
		for (int i = 0; i < columns; i++) y[i * to + r] = x[r * stride + i];
}

static vector<float> scratch;

static void attention(const float *qkv, float *weights, float *out) {
	const int stride = 3 * W, P = (T + 7) / 8 * 8;
	const float scale = 1 / std::sqrt((float)D);
	for (int b = 0; b < B; b++)
		for (int h = 0; h < H; h++) {
			const float *q = qkv + b * T * stride + h * D, *v = q + 2 * W;
			float *w = weights + (b * H + h) * T * P, *o = out + b * T * W + h * D;
			transpose(q + W, stride, scratch.data(), P, T, D);
			for (int t = 0; t < T; t += 4) {
				const int m = std::min(4, T - t), n = std::min(t + 4, T);
				matmul(q + t * stride, stride, 1, scratch.data(), P, 8, w + t * P, P, m, n, D, false);
				for (int i = 0; i < m; i++) softmax(w + (t + i) * P, t + i + 1, scale);
				matmul(w + t * P, P, 1, v, stride, 8, o + t * W, W, m, D, n, false);
			}
		}
}

static void attentionBackward(const float *qkv, const float *weights, const float *dOut, float *dQkv) {
	const int stride = 3 * W, P = (T + 7) / 8 * 8;
	const float scale = 1 / std::sqrt((float)D);
	float *dS = scratch.data() + D * P;
	for (int b = 0; b < B; b++)
		for (int h = 0; h < H; h++) {
			const float *q = qkv + b * T * stride + h * D, *k = q + W;
			float *dQ = dQkv + b * T * stride + h * D, *dK = dQ + W, *dV = dK + W;
			const float *w = weights + (b * H + h) * T * P, *d = dOut + b * T * W + h * D;
			transpose(k + W, stride, scratch.data(), P, T, D);
			for (int t = 0; t < T; t += 4) {
				const int m = std::min(4, T - t), n = std::min(t + 4, T);
				matmul(d + t * W, W, 1, scratch.data(), P, 8, dS + t * P, P, m, n, D, false);
				for (int i = 0; i < m; i++) {
					const float *p = w + (t + i) * P;
					float *s = dS + (t + i) * P, sum = 0;
					const int count = t + i + 1;
					for (int j = 0; j < count; j++) sum += p[j] * s[j];
					for (int j = 0; j < count; j++) s[j] = p[j] * (s[j] - sum) * scale;
					for (int j = count; j % 4; j++) s[j] = 0;
				}
				matmul(dS + t * P, P, 1, k, stride, 8, dQ + t * stride, stride, m, D, n, false);
			}
			for (int s = 0; s < T; s += 4) {
				const int m = std::min(4, T - s), n = T - s;
				matmul(w + s * P + s, 1, P, d + s * W, W, 8, dV + s * stride, stride, m, D, n, false);
				matmul(dS + s * P + s, 1, P, q + s * stride, stride, 8, dK + s * stride, stride, m, D, n,
				       false);
			}
		}
}

static void swiglu(const float *up, float *out, int rows) {
	for (int r = 0; r < rows; r++, up += 2 * F, out += F)
		for (int i = 0; i < F; i++) out[i] = up[i] / (1 + std::exp(-up[i])) * up[F + i];
}

static void swigluBackward(const float *up, const float *dOut, float *dUp, int rows) {
	for (int r = 0; r < rows; r++, up += 2 * F, dOut += F, dUp += 2 * F)
		for (int i = 0; i < F; i++) {
			const float g = up[i], s = 1 / (1 + std::exp(-g));
			dUp[i] = dOut[i] * up[F + i] * s * (1 + g * (1 - s));
			dUp[F + i] = dOut[i] * g * s;
		}
}

struct Layer {
	int norm1, norm2;
	Matrix qkv, o, up, down;
	vector<float> input, inverse1, normed1, qkvOut, weights, mixed, middle, inverse2, normed2, upOut, hidden;
	vector<float> keys, values;
};

static vector<Layer> layers;
static Matrix head;
static int finalNorm;
static vector<float> output, inverse, normed, logits, probabilities, dLogits, dStream, dNormed, dQkv, dUp, dHidden;

static void place() {
	int at = V * W;
	auto take = [&](int count) { return std::exchange(at, at + count); };
	for (auto &l : layers) {
		l.norm1 = take(W);
		l.qkv = {take(3 * W * W), 3 * W, W, {}};
		l.o = {take(W * W), W, W, {}};
		l.norm2 = take(W);
		l.up = {take(2 * F * W), 2 * F, W, {}};
		l.down = {take(W * F), W, F, {}};
		const int rows = B * T, P = (T + 7) / 8 * 8;
		for (auto [v, n] : {std::pair{&l.input, W}, {&l.inverse1, 1}, {&l.normed1, W}, {&l.qkvOut, 3 * W},
		                    {&l.weights, H * P}, {&l.mixed, W}, {&l.middle, W}, {&l.inverse2, 1},
		                    {&l.normed2, W}, {&l.upOut, 2 * F}, {&l.hidden, F}, {&l.keys, W}, {&l.values, W}})
			v->assign(rows * n + 8, 0);
	}
	finalNorm = take(W);
	head = {take(V * W), V, W, {}};
	size = at;
	parameters.resize(at + 8);
	for (auto *v : {&gradient, &mean, &square}) v->assign(at + 8, 0);
}

static void packAll() {
	for (auto &l : layers)
		for (auto *w : {&l.qkv, &l.o, &l.up, &l.down}) pack(*w);
	pack(head);
}

template <class Attend>
static void block(Layer &l, float *out, int rows, Attend attend) {
	norm(l.input.data(), &parameters[l.norm1], l.normed1.data(), l.inverse1.data(), rows);
	linear(l.qkv, l.normed1.data(), l.qkvOut.data(), rows);
	attend(l);
	std::copy_n(l.input.data(), rows * W, l.middle.data());
	linear(l.o, l.mixed.data(), l.middle.data(), rows, true);
	norm(l.middle.data(), &parameters[l.norm2], l.normed2.data(), l.inverse2.data(), rows);
	linear(l.up, l.normed2.data(), l.upOut.data(), rows);
	swiglu(l.upOut.data(), l.hidden.data(), rows);
	std::copy_n(l.middle.data(), rows * W, out);
	linear(l.down, l.hidden.data(), out, rows, true);
}

template <class Attend>
static void forward(const int *tokens, int rows, Attend attend) {
	for (int r = 0; r < rows; r++)
		std::copy_n(&parameters[tokens[r] * W], W, &layers[0].input[r * W]);
	for (int i = 0; i < L; i++)
		block(layers[i], i + 1 < L ? layers[i + 1].input.data() : output.data(), rows, attend);
	norm(output.data(), &parameters[finalNorm], normed.data(), inverse.data(), rows);
	linear(head, normed.data(), logits.data(), rows);
}

static float trainStep(const int *tokens, const int *targets, int step) {
	const int rows = B * T;
	static vector<int> positions;
	positions.resize(rows);
	for (int r = 0; r < rows; r++) positions[r] = r % T;
	packAll();
	forward(tokens, rows, [&](Layer &l) {
		rotate(l.qkvOut.data(), 3 * W, positions.data(), rows, 1);
		attention(l.qkvOut.data(), l.weights.data(), l.mixed.data());
	});
	double loss = 0;
	for (int r = 0; r < rows; r++) {
		const float *z = &logits[r * V];
		float *p = &probabilities[r * V], *d = &dLogits[r * V];
		float largest = z[0], sum = 0;
		for (int i = 1; i < V; i++) largest = std::max(largest, z[i]);
		for (int i = 0; i < V; i++) sum += p[i] = std::exp(z[i] - largest);
		for (int i = 0; i < V; i++) d[i] = (p[i] /= sum) / rows;
		d[targets[r]] -= 1.f / rows;
		loss -= (z[targets[r]] - largest - std::log(sum)) / rows;
	}
	std::fill(gradient.begin(), gradient.end(), 0.f);
	linearBackward(head, normed.data(), dLogits.data(), dNormed.data(), rows);
	std::fill_n(dStream.data(), rows * W, 0.f);
	normBackward(output.data(), finalNorm, inverse.data(), dNormed.data(), dStream.data(), rows);
	for (int i = L - 1; i >= 0; i--) {
		Layer &l = layers[i];
		linearBackward(l.down, l.hidden.data(), dStream.data(), dHidden.data(), rows);
		swigluBackward(l.upOut.data(), dHidden.data(), dUp.data(), rows);
		linearBackward(l.up, l.normed2.data(), dUp.data(), dNormed.data(), rows);
		normBackward(l.middle.data(), l.norm2, l.inverse2.data(), dNormed.data(), dStream.data(), rows);
		linearBackward(l.o, l.mixed.data(), dStream.data(), dNormed.data(), rows);
		attentionBackward(l.qkvOut.data(), l.weights.data(), dNormed.data(), dQkv.data());
		rotate(dQkv.data(), 3 * W, positions.data(), rows, -1);
		linearBackward(l.qkv, l.normed1.data(), dQkv.data(), dNormed.data(), rows);
		normBackward(l.input.data(), l.norm1, l.inverse1.data(), dNormed.data(), dStream.data(), rows);
	}
	for (int r = 0; r < rows; r++)
		for (int i = 0; i < W; i++) gradient[tokens[r] * W + i] += dStream[r * W + i];
	const float bias1 = 1 - std::pow(0.9f, step), bias2 = std::sqrt(1 - std::pow(0.999f, step));
	for (int i = 0; i < size; i++) {
		const float g = gradient[i];
		mean[i] = 0.9f * mean[i] + 0.1f * g;
		square[i] = 0.999f * square[i] + 0.001f * g * g;
		parameters[i] -= 1e-3f * (mean[i] / bias1 / (std::sqrt(square[i]) / bias2 + 1e-8f));
	}
	return loss;
}

static uint64_t state = 1;
static float uniform() {
	state = state * 6364136223846793005ull + 1442695040888963407ull;
	return (state >> 40) / 16777216.f;
}

// B rows side by side from prompts of one token, T − 1 tokens each, over a cache.
static void generate() {
	static vector<int> tokens, positions;
	tokens.assign(B, 1);
	positions.resize(B);
	packAll();
	const float scale = 1 / std::sqrt((float)D);
	for (int t = 0; t + 1 < T; t++) {
		std::fill(positions.begin(), positions.end(), t);
		forward(tokens.data(), B, [&](Layer &l) {
			rotate(l.qkvOut.data(), 3 * W, positions.data(), B, 1);
			for (int b = 0; b < B; b++) {
				const float *q = &l.qkvOut[b * 3 * W];
				float *keys = &l.keys[b * W * T], *values = &l.values[b * W * T];
				for (int i = 0; i < W; i++) keys[i * T + t] = q[W + i];
				std::copy_n(q + 2 * W, W, values + t * W);
				for (int h = 0; h < H; h++) {
					matmul(q + h * D, 0, 1, keys + h * D * T, T, 8, scratch.data(), 0, 1, t + 1, D, false);
					softmax(scratch.data(), t + 1, scale);
					matmul(scratch.data(), 0, 1, values + h * D, W, 8, &l.mixed[b * W + h * D], 0, 1, D, t + 1,
					       false);
				}
			}
		});
		for (int b = 0; b < B; b++) {
			float *p = &logits[b * V];
			softmax(p, V, 1);
			float left = uniform();
			int token = 0;
			while (token < V - 1 && left >= p[token]) left -= p[token++];
			tokens[b] = token;
		}
	}
}

template <class Work>
static double milliseconds(Work work) {
	const auto start = std::chrono::steady_clock::now();
	work();
	return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

int main(int argc, char **argv) {
	if (argc != 10) return 2;
	int *sizes[] = {&V, &T, &L, &W, &H, &F, &B};
	for (int i = 0; i < 7; i++) *sizes[i] = std::atoi(argv[2 + i]);
	const int steps = std::atoi(argv[9]), rows = B * T, P = (T + 7) / 8 * 8;
	D = W / H;
	layers.resize(L);
	place();
	for (auto [v, n] : {std::pair{&output, W}, {&inverse, 1}, {&normed, W}, {&logits, V}, {&probabilities, V},
	                    {&dLogits, V}, {&dStream, W}, {&dNormed, W}, {&dQkv, 3 * W}, {&dUp, 2 * F}, {&dHidden, F}})
		v->assign(rows * n + 8, 0);
	scratch.assign(P * (D + P) + 8, 0);
	for (int t = 0; t < T; t++)
		for (int i = 0; i < D / 2; i++) {
			const double angle = t * std::pow(10000., -2. * i / D);
			cosines.push_back(std::cos(angle));
			sines.push_back(std::sin(angle));
		}
	vector<int> tokens(rows), targets(rows);
	FILE *file = std::fopen(argv[1], "rb");
	if (!file) return 3;
	size_t read = std::fread(parameters.data(), 4, size, file);
	read += std::fread(tokens.data(), 4, rows, file) + std::fread(targets.data(), 4, rows, file);
	if (read != (size_t)(size + 2 * rows)) return 4;
	std::printf("{\"train\":[");
	vector<float> losses;
	for (int s = 0; s < steps; s++)
		std::printf("%s%g", s ? "," : "", milliseconds([&] {
			losses.push_back(trainStep(tokens.data(), targets.data(), s + 1));
		}));
	std::printf("],\"generate\":[");
	for (int s = 0; s < steps; s++) std::printf("%s%g", s ? "," : "", milliseconds(generate));
	std::printf("],\"losses\":[");
	for (int s = 0; s < steps; s++) std::printf("%s%.7g", s ? "," : "", losses[s]);
	std::printf("]}\n");
}
