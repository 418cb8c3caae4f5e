---@meta derny
-- The whole Lua API: types for editors that speak LuaLS, and the reference for readers. A test holds it against the
-- program. Unknown options are errors that name the nearest one.
-- SPDX-License-Identifier: MIT

local derny = {}

---The program's version.
---@type string
derny.version = ""

---Steps (300), a part of the run ("30%"), or epochs ("5 epochs").
---@alias derny.Time number|string

---How a curve travels from the keyframe before to this one.
---On a way p from 0 to 1 between a and b: "exp" equal factors in equal times; "poly" b + (a - b) (1 - p)^power; "power"
---a + (b - a) p^power; "sine_out" and "sine_in" a quarter of a sine, steep first or last; "rational"
---b + (a - b) (1 - p) / (beta + (1 - beta) (1 - p)); "tanh" the part of the curve between lower and upper.
---@alias derny.Ease "hold"|"linear"|"cosine"|"exp"|"poly"|"power"|"sine_out"|"sine_in"|"rational"|"tanh"

---{time, value, ease, number ...}: the ease is "linear" where it is left out; after it the numbers of "poly" and "power"
---(power), "rational" (beta) and "tanh" (lower, upper).
---@alias derny.Key table

---A number is a constant lr. A function is called once an update and must be pure; the window calls a
---copy of it ahead of time. Keyframes are those of derny.curve.
---@alias derny.AnySchedule number|derny.Schedule|derny.Key[]|fun(t: derny.Moment): number, number?

---Where a run is, as a schedule function sees it.
---@class derny.Moment
---@field step integer the update about to be made, from 0
---@field steps integer updates in all
---@field epoch integer from 0
---@field progress number 0 at the first update, 1 at the last

---lr and momentum for a run of any length. print() says what it is. `a + b`, `a * b`, `2 * a` and `a / 2` are schedules as well;
---so is `a >> b`, a for as long as its `steps` say, and then b.
---@class derny.Schedule
---@operator add(derny.AnySchedule): derny.Schedule
---@operator mul(derny.AnySchedule): derny.Schedule
---@operator div(number): derny.Schedule
---@operator shr(derny.AnySchedule): derny.Schedule
local Schedule = {}

---What a run of `steps` updates would use at `step`; momentum is nil where the schedule leaves it alone.
---@param step integer
---@param steps integer
---@param epoch_steps? integer updates in an epoch (default: all of them)
---@return number lr
---@return number? momentum
function Schedule:at(step, steps, epoch_steps) end

---The curves of such a run, as text; derny.curve makes them of it again.
---@param steps integer
---@param epoch_steps? integer
---@return string
function Schedule:keyframes(steps, epoch_steps) end

-- Derny's own schedules. In the formulas t is the step, T the schedule's length and e its last step: T - 1, or T where
-- ends = "exclusive". What stands first in the table needs no name: derny.scale { schedule, factor = 2 }.

---@class derny.LengthOptions
---@field steps? derny.Time its length, of which its own percentages are (default "100%")
---@field after? "hold"|"zero"|"repeat"|"error" what it gives after its length (default "hold")

---@class derny.EveryOptions: derny.LengthOptions
---@field momentum? derny.AnySchedule what momentum is to be: a number, or a schedule of its values

-- Spelt out.

---@class derny.ConstantOptions: derny.EveryOptions
---@field lr number the rate

---The same lr at every update: `lr`.
---@param options derny.ConstantOptions|number
---@return derny.Schedule
function derny.constant(options) end

---@class derny.PiecewiseOptions: derny.EveryOptions
---@field boundaries derny.Time[] times at which the next value takes over
---@field values number[] the rates, one more than boundaries

---Constant pieces; at a boundary the new value is in effect: `values[i] while boundaries[i-1] <= t < boundaries[i]`.
---Source: optax.piecewise_constant_schedule (Keras keeps the old value at the boundary).
---@param options derny.PiecewiseOptions
---@return derny.Schedule
function derny.piecewise(options) end

---@class derny.StepOptions: derny.EveryOptions
---@field lr number the rate at the start
---@field gamma? number the factor of each drop (default 0.1)
---@field every derny.Time the time from drop to drop

---A drop by one factor at equal intervals: `lr gamma^floor(t/every)`.
---Source: torch StepLR.
---@param options derny.StepOptions|number
---@return derny.Schedule
function derny.step(options) end

---@class derny.MultiStepOptions: derny.EveryOptions
---@field lr number the rate at the start
---@field gamma? number the factor of each drop (default 0.1)
---@field milestones derny.Time[] times of the drops

---A drop by one factor at each milestone: `lr gamma^(milestones at or before t)`.
---Source: torch MultiStepLR.
---@param options derny.MultiStepOptions|number
---@return derny.Schedule
function derny.multi_step(options) end

---@class derny.PiecewiseLinearOptions: derny.EveryOptions
---@field at derny.Time[] times at which the values are reached
---@field values number[] the rates, as many as times

---Straight lines from value to value: `values[i] at at[i], a straight line between; held outside`.
---Source: ignite PiecewiseLinear; optax.piecewise_interpolate_schedule "linear".
---@param options derny.PiecewiseLinearOptions
---@return derny.Schedule
function derny.piecewise_linear(options) end

---@class derny.CurveOptions: derny.EveryOptions
---@field keys? derny.Key[] keyframes {time, lr, ease}; or give text
---@field text? string a curve as schedule:keyframes() prints it; or give keys

---Through keyframes, each reached exactly; or any curve, as text: `keys joined by eases; held outside`.
---@param options derny.CurveOptions|derny.Key[]|string
---@return derny.Schedule
function derny.curve(options) end

-- Decays.

---@class derny.LinearOptions: derny.EveryOptions
---@field lr number the rate at the start
---@field final_lr? number the rate at the end
---@field ends? "inclusive"|"exclusive" final_lr is reached on the last update, or one after it (default "inclusive")

---A straight line to its end value: `lr + (final_lr - lr) t/e`.
---Source: M. Li et al., Budgeted Training, 2020, arXiv:1905.04753.
---@param options derny.LinearOptions|number
---@return derny.Schedule
function derny.linear(options) end

---@class derny.CosineOptions: derny.EveryOptions
---@field lr number the rate at the start
---@field final_lr? number the rate at the end
---@field ends? "inclusive"|"exclusive" final_lr is reached on the last update, or one after it (default "inclusive")
---@field k? number k-decay: (t/e)^k in place of t/e; above 1 the fall comes later (default 1)

---Half a cosine to its end value: `lr + (final_lr - lr) (1 - cos(pi (t/e)^k)) / 2`.
---Source: I. Loshchilov and F. Hutter, SGDR, 2017, arXiv:1608.03983; k: T. Zhang, k-decay, 2020, arXiv:2004.05909.
---@param options derny.CosineOptions|number
---@return derny.Schedule
function derny.cosine(options) end

---@class derny.PolynomialOptions: derny.EveryOptions
---@field lr number the rate at the start
---@field final_lr? number the rate at the end
---@field ends? "inclusive"|"exclusive" final_lr is reached on the last update, or one after it (default "inclusive")
---@field power? number 1: a line; above 1 steep first, below 1 steep last (default 1)
---@field k? number k-decay: (t/e)^k in place of t/e; above 1 the fall comes later (default 1)

---A power of what is left of the run: `final_lr + (lr - final_lr) (1 - (t/e)^k)^power`.
---Source: lr_policy "poly" of Caffe; tf.keras PolynomialDecay; k: T. Zhang, k-decay, 2020, arXiv:2004.05909.
---@param options derny.PolynomialOptions|number
---@return derny.Schedule
function derny.polynomial(options) end

---@class derny.GeometricOptions: derny.EveryOptions
---@field lr number the rate at the start
---@field final_lr number the rate at the end
---@field ends? "inclusive"|"exclusive" final_lr is reached on the last update, or one after it (default "inclusive")

---Equal factors in equal times to its end value: `lr (final_lr / lr)^(t/e)`.
---Source: SchedExp of fastai.
---@param options derny.GeometricOptions|number
---@return derny.Schedule
function derny.geometric(options) end

---@class derny.RexOptions: derny.EveryOptions
---@field lr number the rate at the start
---@field final_lr? number the rate at the end
---@field ends? "inclusive"|"exclusive" final_lr is reached on the last update, or one after it (default "inclusive")
---@field form? "paper"|"code" beta 0.5, as the paper has it, or 0.1, as its authors' code (default "paper")
---@field beta? number in place of form; 1 is a line

---Slow at first, ever faster towards its end: `final_lr + (lr - final_lr) z / (beta + (1 - beta) z); z = 1 - t/e`.
---Source: J. Chen, C. Wolfe and A. Kyrillidis, REX, 2022, arXiv:2107.04197; "code": IvanVassi/REX_LR.
---@param options derny.RexOptions|number
---@return derny.Schedule
function derny.rex(options) end

---@class derny.TanhOptions: derny.EveryOptions
---@field lr number the rate at the start
---@field final_lr? number the rate at the end
---@field ends? "inclusive"|"exclusive" final_lr is reached on the last update, or one after it (default "inclusive")
---@field lower? number where on the tanh it starts (default -6)
---@field upper? number where on the tanh it ends (default 3)
---@field rescale? boolean from lr to final_lr exactly; false: the formula as it is, which never quite reaches either (default true)

---Flat at first, then down along a hyperbolic tangent: `final_lr + (lr - final_lr) (1 - tanh(lower + (upper - lower) t/e)) / 2, rescaled`.
---Source: B. Hsueh et al., Stochastic Gradient Descent with Hyperbolic-Tangent Decay, 2019, arXiv:1806.01593.
---@param options derny.TanhOptions|number
---@return derny.Schedule
function derny.tanh(options) end

---@class derny.SigmoidOptions: derny.EveryOptions
---@field lr number the rate at the start
---@field final_lr? number the rate at the end
---@field ends? "inclusive"|"exclusive" final_lr is reached on the last update, or one after it (default "inclusive")
---@field steepness? number how fast it falls at the midpoint (default 10)
---@field midpoint? derny.Time when half of the fall is done (default "50%")
---@field rescale? boolean from lr to final_lr exactly; false: the formula as it is, which never quite reaches either (default true)

---Flat, down around its midpoint, flat again: `final_lr + (lr - final_lr) / (1 + exp(steepness (t - midpoint) / e)), rescaled`.
---Source: lr_policy "sigmoid" of Caffe.
---@param options derny.SigmoidOptions|number
---@return derny.Schedule
function derny.sigmoid(options) end

---@class derny.ExponentialOptions: derny.EveryOptions
---@field lr number the rate at the start
---@field gamma? number the factor over each `per`; or give k
---@field k? number the factor over each `per` is exp(-k); or give gamma
---@field per derny.Time the time over which the factor applies, e.g. "1 epoch"
---@field staircase? boolean drop at the end of each `per` instead of all along (default false)

---Equal factors in equal times, without end: `lr gamma^(t/per), or lr exp(-k t/per); t/per rounded down where staircase`.
---Source: gamma: torch ExponentialLR, Keras ExponentialDecay.
---@param options derny.ExponentialOptions|number
---@return derny.Schedule
function derny.exponential(options) end

---@class derny.InverseTimeOptions: derny.EveryOptions
---@field lr number the rate at the start
---@field rate number lr is down to 1 / (1 + rate) after one `per`
---@field per derny.Time the time that rate is for, e.g. "1 epoch"
---@field power? number the power of the divisor (default 1)
---@field staircase? boolean drop at the end of each `per` instead of all along (default false)

---As one over the time, without end: `lr / (1 + rate t/per)^power; t/per rounded down where staircase`.
---Source: H. Robbins and S. Monro, A Stochastic Approximation Method, 1951; as Keras InverseTimeDecay; power: lr_policy "inv" of Caffe.
---@param options derny.InverseTimeOptions|number
---@return derny.Schedule
function derny.inverse_time(options) end

---@class derny.InverseSqrtOptions: derny.EveryOptions
---@field lr? number the rate at the top, where the warm-up ends; or give d_model
---@field d_model? number the width of the model: the top is factor / sqrt(d_model warm_up)
---@field factor? number with d_model (default 1)
---@field warm_up derny.Time the time of the rise, at least an update

---A rise, then as one over the square root of the time (Noam): `lr min((t + 1)/w, sqrt(w/(t + 1))); w: warm_up; lr: factor / sqrt(d_model w)`.
---Source: A. Vaswani et al., Attention Is All You Need, 2017, arXiv:1706.03762.
---@param options derny.InverseSqrtOptions|number
---@return derny.Schedule
function derny.inverse_sqrt(options) end

-- Up and down once.

---@class derny.OneCycleOptions: derny.EveryOptions
---@field max_lr number the rate at the top
---@field style? "pytorch"|"smith"|"fastai"|"optax"|"geron"|"article" whose form of it (default "pytorch")
---@field base_lr? number the rate at the start, in place of div_factor
---@field pct_start? number the share of the steps that the rise takes; in fastai 0.25, in smith 0.45 (default 0.3)
---@field pct_final? number of optax linear: the share until lr is back at its start (default 0.85)
---@field div_factor? number the rate at the start is max_lr / div_factor; in smith, geron and article 10 (default 25)
---@field final_div_factor? number the last rate is that of the start / final_div_factor, in smith and geron 1000; in fastai max_lr / 1e5 (default 10000)
---@field anneal? "cos"|"linear" the form of rise and fall in pytorch and optax (default "cos")
---@field three_phase? boolean pytorch: fall as fast as the rise, then on to the last rate (default false)
---@field ends? "inclusive"|"exclusive" the last rate is reached on the last update, or one after it (default "inclusive")
---@field cycle_momentum? boolean momentum moves too, low where lr is high (default true)
---@field base_momentum? number momentum at the top (default 0.85)
---@field max_momentum? number momentum at both ends (default 0.95)

---One rise and one long fall, momentum moving the other way: `max_lr/div_factor up to max_lr at m, down to that / final_div_factor at e; m: pytorch pct_start T - 1, fastai pct_start e, optax floor(pct_start e), geron h = (e - floor(e/10) - 1)/2, with the start again at 2h, smith s = pct_start T, straight towards 0 at 2s, article T/2, with the start again at T`.
---Source: L. Smith and N. Topin, Super-Convergence, 2018, arXiv:1708.07120; torch OneCycleLR, fastai fit_one_cycle, optax cosine_onecycle_schedule; A. Geron, Hands-On Machine Learning; smith: his own training logs.
---@param options derny.OneCycleOptions|number
---@return derny.Schedule
function derny.one_cycle(options) end

---@class derny.FlatCosineOptions: derny.EveryOptions
---@field lr number the rate on the level
---@field final_lr? number the rate at the end
---@field ends? "inclusive"|"exclusive" final_lr is reached on the last update, or one after it (default "inclusive")
---@field flat? derny.Time the time on the level (default "75%")

---Level, then half a cosine to its end value: `lr while t < flat, then lr + (final_lr - lr) (1 - cos(pi (t - flat)/(e - flat))) / 2`.
---Source: fit_flat_cos of fastai.
---@param options derny.FlatCosineOptions|number
---@return derny.Schedule
function derny.flat_cosine(options) end

---@class derny.TrapezoidOptions: derny.EveryOptions
---@field lr number the rate on the level
---@field final_lr? number the rate at the end
---@field ends? "inclusive"|"exclusive" final_lr is reached on the last update, or one after it (default "inclusive")
---@field warm_up? derny.Time the time of the rise; 0: none (default "20%")
---@field cool_down? derny.Time the time of the fall (default "20%")

---A straight rise, a level, a straight fall: `lr min((t + 1)/warm_up, 1), then lr + (final_lr - lr) (1 - (e - t)/cool_down)`.
---Source: C. Xing et al., A Walk with SGD, 2018, arXiv:1802.08770.
---@param options derny.TrapezoidOptions|number
---@return derny.Schedule
function derny.trapezoid(options) end

---@class derny.WsdOptions: derny.EveryOptions
---@field lr number the rate on the level
---@field final_lr? number the rate at the end
---@field ends? "inclusive"|"exclusive" final_lr is reached on the last update, or one after it (default "inclusive")
---@field warm_up? derny.Time the time of the rise; 0: none (default "5%")
---@field decay? derny.Time the time of the fall (default "20%")
---@field tail? "linear"|"cosine"|"1-sqrt"|"exp" the form of the fall (default "1-sqrt")

---Warm-up, stable, decay: a rise, a long level, a short fall: `lr min((t + 1)/warm_up, 1), then from lr to final_lr over p = 1 - (e - t)/decay: by p, (1 - cos(pi p)) / 2, sqrt(p) or equal factors`.
---Source: S. Hu et al., MiniCPM, 2024, arXiv:2404.06395; 1-sqrt: A. Haegele et al., Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations, 2024, arXiv:2405.18392.
---@param options derny.WsdOptions|number
---@return derny.Schedule
function derny.wsd(options) end

---@class derny.KneeOptions: derny.EveryOptions
---@field lr number the rate on the level
---@field final_lr? number the rate at the end
---@field ends? "inclusive"|"exclusive" final_lr is reached on the last update, or one after it (default "inclusive")
---@field warm_up? derny.Time the time of the rise; 0: none (default "10%")
---@field explore? derny.Time the time on the level (default "50%")

---A rise, a level to explore, a straight fall over all the rest: `lr min((t + 1)/warm_up, 1), after warm_up + explore updates straight to final_lr at e`.
---Source: N. Iyer et al., Wide-minima Density Hypothesis and the Explore-Exploit Learning Rate Schedule, 2020, arXiv:2003.03977.
---@param options derny.KneeOptions|number
---@return derny.Schedule
function derny.knee(options) end

-- Cycles.

---@class derny.CyclicalOptions: derny.EveryOptions
---@field base_lr number the rate at the start and the bottom of each cycle
---@field max_lr number the rate at the top of the first cycle
---@field step_up derny.Time the time of the rise
---@field step_down? derny.Time the time of the fall; as the rise without
---@field mode? "triangular"|"triangular2"|"exp_range"|"sine"|"sine2"|"sine_exp" straight or half a sine; tops stay, halve each cycle (2), or fall by gamma each update (exp) (default "triangular")
---@field gamma? number of modes exp_range and sine_exp: the factor of each update
---@field cycle_momentum? boolean momentum moves too, low where lr is high (default false)
---@field base_momentum? number momentum at the top of the first cycle (default 0.8)
---@field max_momentum? number momentum at the bottom of each cycle (default 0.9)

---Up and down between two rates, without end: `base_lr + (max_lr - base_lr) w s; w: 0 to 1 and back, straight or sin(pi t/(2 step_up)); s: 1, 1/2^cycle or gamma^t`.
---Source: L. Smith, Cyclical Learning Rates, 2017, arXiv:1506.01186; as torch CyclicLR; sine: Y. Wu et al., Demystifying Learning Rate Policies, 2019, arXiv:1908.06477.
---@param options derny.CyclicalOptions|number
---@return derny.Schedule
function derny.cyclical(options) end

---@class derny.CosineRestartsOptions: derny.EveryOptions
---@field lr number the rate each cycle starts with
---@field final_lr? number the rate each cycle falls to; the next one starts in its place
---@field first derny.Time the length of the first cycle
---@field mult? number how many times longer each cycle is than the last (default 1)
---@field decay? number the factor by which each cycle starts lower, above final_lr (default 1)

---Cosines one after another, each starting anew, without end: `final_lr + (lr - final_lr) decay^n (1 + cos(pi u)) / 2; u: 0 to 1 over cycle n, which lasts first mult^n`.
---Source: I. Loshchilov and F. Hutter, SGDR, 2017, arXiv:1608.03983; as torch CosineAnnealingWarmRestarts.
---@param options derny.CosineRestartsOptions|number
---@return derny.Schedule
function derny.cosine_restarts(options) end

-- Around a schedule.

---@class derny.WarmUpOptions: derny.EveryOptions
---@field schedule derny.AnySchedule what follows
---@field length derny.Time the time of the rise; the schedule has the rest of the run
---@field from? number the rate at the start, in place of start_factor
---@field start_factor? number the rate at the start as a part of the schedule's first; at 0 the first update moves nothing
---@field ease? "linear"|"cosine"|"exp" the form of the rise (default "linear")

---A rise to where another schedule begins, then that schedule: `from there up to schedule(0) over length, then schedule(t - length)`.
---Source: P. Goyal et al., Accurate, Large Minibatch SGD, 2017, arXiv:1706.02677.
---@param options derny.WarmUpOptions|derny.AnySchedule
---@return derny.Schedule
function derny.warm_up(options) end

---@class derny.CoolDownOptions: derny.EveryOptions
---@field schedule derny.AnySchedule what comes before
---@field length derny.Time the time of the fall; the schedule has the run up to it
---@field final_lr? number the rate at the end
---@field ease? "linear"|"cosine"|"1-sqrt"|"exp" the form of the fall (default "linear")
---@field ends? "inclusive"|"exclusive" final_lr is reached on the last update, or one after it (default "inclusive")

---A schedule, then a fall from where it ends: `schedule(t), over the last length from there to final_lr at e: as the tail of wsd`.
---Source: A. Haegele et al., Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations, 2024, arXiv:2405.18392.
---@param options derny.CoolDownOptions|derny.AnySchedule
---@return derny.Schedule
function derny.cool_down(options) end

---@class derny.ScaleOptions: derny.EveryOptions
---@field schedule derny.AnySchedule what is scaled
---@field factor number what lr is multiplied by

---A schedule, lr times a number: `factor schedule(t)`.
---@param options derny.ScaleOptions|derny.AnySchedule
---@return derny.Schedule
function derny.scale(options) end

---@class derny.ClipOptions: derny.EveryOptions
---@field schedule derny.AnySchedule what is kept within bounds
---@field min? number lr is at least this
---@field max? number lr is at most this (default 1e+100)

---A schedule, lr kept within bounds: `min(max(schedule(t), min), max)`.
---@param options derny.ClipOptions|derny.AnySchedule
---@return derny.Schedule
function derny.clip(options) end

---@class derny.ShiftOptions: derny.EveryOptions
---@field schedule derny.AnySchedule what is moved
---@field by derny.Time how much later; below 0 earlier

---A schedule, earlier or later: `schedule(t - by), its first value before it starts`.
---@param options derny.ShiftOptions|derny.AnySchedule
---@return derny.Schedule
function derny.shift(options) end

---@class derny.StaircaseOptions: derny.EveryOptions
---@field schedule derny.AnySchedule what is looked at now and then
---@field every derny.Time how long each value is held, e.g. "1 epoch"

---A schedule looked at only now and then, as once an epoch: `schedule(every floor(t/every))`.
---@param options derny.StaircaseOptions|derny.AnySchedule
---@return derny.Schedule
function derny.staircase(options) end

---@class derny.LoopOptions: derny.EveryOptions
---@field schedule derny.AnySchedule what is repeated
---@field length? derny.Time of the first time round; without it the schedule's steps
---@field stretch? number how many times longer each time is than the last (default 1)
---@field decay? number what lr is multiplied by each time (default 1)

---A schedule over and over (repeat), each time longer or lower: `decay^n schedule(u); u: 0 to length over the time n, which lasts length stretch^n`.
---Source: Loop and Sequence of ParameterSchedulers.jl.
---@param options derny.LoopOptions|derny.AnySchedule
---@return derny.Schedule
function derny.loop(options) end

-- Several schedules.

---@class derny.SequenceOptions: derny.EveryOptions
---@field schedules derny.AnySchedule[] the parts
---@field at? derny.Time[] times at which the next part takes over, one less than parts; without it when the part before is over by its steps

---Schedules one after another, each counting from its own start: `schedules[i](t - at[i-1]) while at[i-1] <= t < at[i]`.
---Source: torch SequentialLR; optax.join_schedules.
---@param options derny.SequenceOptions|derny.AnySchedule[]
---@return derny.Schedule
function derny.sequence(options) end

---@class derny.SumOptions: derny.EveryOptions
---@field schedules derny.AnySchedule[] the parts

---The sum of schedules: `schedules[1](t) + schedules[2](t) + ...`.
---@param options derny.SumOptions|derny.AnySchedule[]
---@return derny.Schedule
function derny.sum(options) end

---@class derny.ProductOptions: derny.EveryOptions
---@field schedules derny.AnySchedule[] the parts

---The product of schedules: `schedules[1](t) schedules[2](t) ...`.
---Source: torch ChainedScheduler, of factors.
---@param options derny.ProductOptions|derny.AnySchedule[]
---@return derny.Schedule
function derny.product(options) end

---@class derny.MinOptions: derny.EveryOptions
---@field schedules derny.AnySchedule[] the parts

---The least of schedules, step by step: `min(schedules[1](t), schedules[2](t), ...)`.
---@param options derny.MinOptions|derny.AnySchedule[]
---@return derny.Schedule
function derny.min(options) end

---@class derny.MaxOptions: derny.EveryOptions
---@field schedules derny.AnySchedule[] the parts

---The greatest of schedules, step by step: `max(schedules[1](t), schedules[2](t), ...)`.
---@param options derny.MaxOptions|derny.AnySchedule[]
---@return derny.Schedule
function derny.max(options) end

-- Momentum.

---@class derny.MirrorOptions: derny.LengthOptions
---@field schedule derny.AnySchedule what momentum is to move against
---@field base_momentum? number momentum where lr is max_lr or more (default 0.85)
---@field max_momentum? number momentum where lr is min_lr or less (default 0.95)
---@field min_lr? number the low end of lr; without it the schedule's least
---@field max_lr? number the high end of lr; without it the schedule's greatest

---A schedule, momentum the other way than its lr: `max_momentum - (max_momentum - base_momentum) (lr - min_lr) / (max_lr - min_lr), kept within them`.
---Source: L. Smith, A Disciplined Approach to Neural Network Hyper-Parameters, 2018, arXiv:1803.09820.
---@param options derny.MirrorOptions|derny.AnySchedule
---@return derny.Schedule
function derny.mirror(options) end

---@class derny.DemonOptions: derny.LengthOptions
---@field schedule? derny.AnySchedule what lr is to be; or give lr
---@field lr? number the rate; or give schedule
---@field momentum? number momentum at the start (default 0.9)
---@field ends? "inclusive"|"exclusive" momentum 0 is reached on the last update, or one after it (default "inclusive")

---A schedule, momentum decaying to 0: `momentum m z / ((1 - m) + m z); z = 1 - t/e, m the momentum at the start`.
---Source: J. Chen, C. Wolfe, Z. Li and A. Kyrillidis, Demon, 2019, arXiv:1910.04952.
---@param options derny.DemonOptions|derny.AnySchedule
---@return derny.Schedule
function derny.demon(options) end

---@class derny.WithMomentumOptions: derny.LengthOptions
---@field schedule derny.AnySchedule what lr is to be
---@field momentum derny.AnySchedule what momentum is to be: a number, or a schedule of its values

---The lr of one schedule, and for momentum the values of another: `schedule(t), momentum(t)`.
---@param options derny.WithMomentumOptions|derny.AnySchedule
---@return derny.Schedule
function derny.with_momentum(options) end

-- Feedback.

---@class derny.PlateauOptions: derny.EveryOptions
---@field schedule? derny.AnySchedule what is lowered; or give lr
---@field lr? number the rate at the start; or give schedule
---@field factor? number what lr is multiplied by (default 0.1)
---@field patience? integer observations no better that are put up with (default 10)
---@field threshold? number the least improvement that counts (default 0.0001)
---@field threshold_mode? "rel"|"abs" threshold as a part of the best, or as it is (default "rel")
---@field mode? "min"|"max" less is better, or more is (default "min")
---@field cooldown? integer observations after a drop that are not counted (default 0)
---@field min_lr? number lr is not lowered below this
---@field eps? number a drop by less than this is not made (default 1e-08)

---Lower lr when the loss stops falling: `lr factor^(times patience + 1 observations in a row were no better)`.
---Source: torch ReduceLROnPlateau.
---@param options derny.PlateauOptions|derny.AnySchedule
---@return derny.Schedule
function derny.plateau(options) end

---@class derny.GreedyOptions: derny.EveryOptions
---@field schedule? derny.AnySchedule what is lowered and raised; or give lr
---@field lr? number the rate at the start; or give schedule
---@field factor? number what lr is multiplied by to fall, and divided by to rise (default 0.95)
---@field patience? integer observations in a row that change nothing yet (default 10)
---@field threshold? number the least improvement that counts (default 1e-06)
---@field threshold_mode? "rel"|"abs" threshold as a part of the best, or as it is (default "abs")
---@field mode? "min"|"max" less is better, or more is (default "min")
---@field cooldown? integer observations after a fall that are not counted (default 0)
---@field min_lr? number lr does not fall below this
---@field eps? number a change by less than this is not made (default 1e-08)
---@field max_lr number lr does not rise above this
---@field warmup? integer observations after a rise that are not counted (default 0)
---@field window_size? integer how many of the last observations it looks at the mean of; 0: each as it is (default 0)
---@field reset_after? integer falls at min_lr after which it starts anew (default 500)

---Raise lr while the loss falls, lower it when it stops: `lr / factor after patience + 1 better observations in a row, lr factor after as many that were not`.
---Source: S. Subramanian et al., GreedyLR, 2025, arXiv:2512.14527; transformers GreedyLR.
---@param options derny.GreedyOptions|derny.AnySchedule
---@return derny.Schedule
function derny.greedy(options) end

-- PyTorch's schedulers, by its own names and with its defaults, stepped once after each update.

---@class derny.TorchOptimizer
---@field lr number
---@field momentum? number
---@field betas? number[] the first is taken for momentum

derny.torch = {}

---@class derny.TorchLambdaLROptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field lr_lambda fun(x: number): number from the step to what the first lr is multiplied by

---The first lr times a function of the step: `lr lr_lambda(t)`.
---@param options derny.TorchLambdaLROptions
---@return derny.Schedule
function derny.torch.LambdaLR(options) end

---@class derny.TorchMultiplicativeLROptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field lr_lambda fun(x: number): number from the step to what the last lr is multiplied by

---The last lr times a function of the step: `lr lr_lambda(1) lr_lambda(2) ... lr_lambda(t)`.
---@param options derny.TorchMultiplicativeLROptions
---@return derny.Schedule
function derny.torch.MultiplicativeLR(options) end

---@class derny.TorchStepLROptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field step_size integer the steps from drop to drop
---@field gamma? number what lr is multiplied by (default 0.1)

---A drop every step_size updates: `lr gamma^floor(t/step_size)`.
---@param options derny.TorchStepLROptions
---@return derny.Schedule
function derny.torch.StepLR(options) end

---@class derny.TorchMultiStepLROptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field milestones number[] the steps at which it drops; one that is listed twice, twice
---@field gamma? number what lr is multiplied by (default 0.1)

---A drop at each milestone: `lr gamma^(milestones at or before t)`.
---@param options derny.TorchMultiStepLROptions
---@return derny.Schedule
function derny.torch.MultiStepLR(options) end

---@class derny.TorchConstantLROptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field factor? number what lr is multiplied by until total_iters (default 0.3333333333333333)
---@field total_iters? integer the steps until it is done (default 5)

---A part of lr, then all of it: `lr factor while t < total_iters, then lr`.
---@param options derny.TorchConstantLROptions
---@return derny.Schedule
function derny.torch.ConstantLR(options) end

---@class derny.TorchLinearLROptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field start_factor? number what lr is multiplied by at the start; PyTorch takes no 0, derny.warm_up does (default 0.3333333333333333)
---@field end_factor? number what lr is multiplied by from total_iters on, at most 1 (default 1)
---@field total_iters? integer the steps until it is done (default 5)

---A straight line between two parts of lr: `lr (start_factor + (end_factor - start_factor) t/total_iters), then held`.
---@param options derny.TorchLinearLROptions
---@return derny.Schedule
function derny.torch.LinearLR(options) end

---@class derny.TorchExponentialLROptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field gamma number what lr is multiplied by

---The last lr times gamma: `lr gamma^t`.
---@param options derny.TorchExponentialLROptions
---@return derny.Schedule
function derny.torch.ExponentialLR(options) end

---@class derny.TorchPolynomialLROptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field total_iters? integer the steps until it is done (default 5)
---@field power? number the power of what is left (default 1)

---A power of what is left, down to 0: `lr (1 - t/total_iters)^power, then 0`.
---@param options derny.TorchPolynomialLROptions
---@return derny.Schedule
function derny.torch.PolynomialLR(options) end

---@class derny.TorchCosineAnnealingLROptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field T_max integer the steps of half a cosine; after them lr rises again
---@field eta_min? number the lowest rate

---Half a cosine down, then up again, without end: `eta_min + (lr - eta_min) (1 + cos(pi t/T_max)) / 2`.
---@param options derny.TorchCosineAnnealingLROptions
---@return derny.Schedule
function derny.torch.CosineAnnealingLR(options) end

---@class derny.TorchCosineAnnealingWarmRestartsOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field T_0 integer the length of the first cosine
---@field T_mult? integer how many times longer each is than the one before (default 1)
---@field eta_min? number the lowest rate
---@field iters_per_epoch? integer stepped as step(t / iters_per_epoch), T_0 in epochs; without it as step(), T_0 in updates

---Cosines one after another, each starting anew: `eta_min + (lr - eta_min) (1 + cos(pi T_cur/T_i)) / 2; T_i: T_0 T_mult^n`.
---@param options derny.TorchCosineAnnealingWarmRestartsOptions
---@return derny.Schedule
function derny.torch.CosineAnnealingWarmRestarts(options) end

---@class derny.TorchCyclicLROptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field base_lr number the rate at the bottom
---@field max_lr number the rate at the top
---@field step_size_up? number the steps of a rise (default 2000)
---@field step_size_down? number the steps of a fall; without it those of a rise
---@field mode? "triangular"|"triangular2"|"exp_range" the height of the cycles: the same, half of the last one, or gamma^step (default "triangular")
---@field gamma? number of exp_range (default 1)
---@field scale_fn? fun(x: number): number from the cycle (from 1) or the step to the height, in place of mode
---@field scale_mode? "cycle"|"iterations" what scale_fn is a function of (default "cycle")
---@field cycle_momentum? boolean momentum moves too, low where lr is high (default true)
---@field base_momentum? number momentum at the top (default 0.8)
---@field max_momentum? number momentum at the bottom (default 0.9)

---Up and down between two rates, momentum the other way: `base_lr + (max_lr - base_lr) w s; w: 0 to 1 and back; s: 1, 1/2^(cycle - 1), gamma^t or scale_fn`.
---@param options derny.TorchCyclicLROptions
---@return derny.Schedule
function derny.torch.CyclicLR(options) end

---@class derny.TorchOneCycleLROptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field max_lr number the rate at the top
---@field total_steps? integer the updates of the cycle; or give epochs and steps_per_epoch
---@field epochs? integer in its place
---@field steps_per_epoch? integer with epochs
---@field pct_start? number the share of the steps that the rise takes, at most 1 (default 0.3)
---@field anneal_strategy? "cos"|"linear" the form of rise and fall (default "cos")
---@field cycle_momentum? boolean momentum moves too, low where lr is high (default true)
---@field base_momentum? number momentum at the top (default 0.85)
---@field max_momentum? number momentum at both ends (default 0.95)
---@field div_factor? number the rate at the start is max_lr / div_factor (default 25)
---@field final_div_factor? number the last rate is that of the start / final_div_factor (default 10000)
---@field three_phase? boolean fall as fast as the rise, then on to the last rate (default false)

---One rise and one long fall, momentum the other way: `max_lr/div_factor up to max_lr at pct_start total_steps - 1, down to max_lr/div_factor/final_div_factor at total_steps - 1`.
---@param options derny.TorchOneCycleLROptions
---@return derny.Schedule
function derny.torch.OneCycleLR(options) end

---@class derny.TorchSequentialLROptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field schedulers derny.Schedule[] schedulers of derny.torch
---@field milestones number[] the steps at which the next takes over, one less than schedulers

---Schedulers one after another, from their own step 0: `schedulers[i] from milestones[i-1] on`.
---@param options derny.TorchSequentialLROptions
---@return derny.Schedule
function derny.torch.SequentialLR(options) end

---@class derny.TorchChainedSchedulerOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field schedulers derny.Schedule[] schedulers of derny.torch

---Schedulers that all change one lr at each step: `the product of what each multiplies lr by`.
---@param options derny.TorchChainedSchedulerOptions
---@return derny.Schedule
function derny.torch.ChainedScheduler(options) end

---@class derny.TorchSWALROptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field swa_lr number the rate to go to
---@field anneal_epochs? integer the steps of the way (default 10)
---@field anneal_strategy? "cos"|"linear" the form of the way (default "cos")

---From where lr is to the rate that weights are averaged at, and held: `lr + (swa_lr - lr) a; a: t/anneal_epochs, or (1 - cos(pi t/anneal_epochs)) / 2`.
---@param options derny.TorchSWALROptions
---@return derny.Schedule
function derny.torch.SWALR(options) end

---@class derny.TorchReduceLROnPlateauOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field mode? "min"|"max" less is better, or more is (default "min")
---@field factor? number what lr is multiplied by (default 0.1)
---@field patience? integer observations no better that are put up with (default 10)
---@field threshold? number the least improvement that counts (default 0.0001)
---@field threshold_mode? "rel"|"abs" threshold as a part of the best, or as it is (default "rel")
---@field cooldown? integer observations after a drop that are not counted (default 0)
---@field min_lr? number lr is not lowered below this
---@field eps? number a drop by less than this is not made (default 1e-08)

---Lower lr when a metric stops improving: `lr factor^(times patience + 1 observations in a row were no better)`.
---@param options derny.TorchReduceLROnPlateauOptions
---@return derny.Schedule
function derny.torch.ReduceLROnPlateau(options) end

-- Keras' schedules, by its own names and with its defaults.

derny.keras = {}

---@class derny.KerasExponentialDecayOptions
---@field initial_learning_rate number the rate at the start
---@field decay_steps number the steps of one decay
---@field decay_rate number how much of a decay
---@field staircase? boolean at the end of each decay_steps instead of all along (default false)

---Equal factors in equal times: `initial_learning_rate decay_rate^(t/decay_steps)`.
---@param options derny.KerasExponentialDecayOptions
---@return derny.Schedule
function derny.keras.ExponentialDecay(options) end

---@class derny.KerasPiecewiseConstantDecayOptions
---@field boundaries number[] the last step of each value but the last
---@field values number[] the rates, one more than boundaries

---Constant pieces; a boundary is of the piece before it: `values[i] while boundaries[i-1] < t <= boundaries[i]`.
---@param options derny.KerasPiecewiseConstantDecayOptions
---@return derny.Schedule
function derny.keras.PiecewiseConstantDecay(options) end

---@class derny.KerasPolynomialDecayOptions
---@field initial_learning_rate number the rate at the start
---@field decay_steps number the steps down to the end
---@field end_learning_rate? number the rate at the end, which is held (default 0.0001)
---@field power? number the power of what is left (default 1)
---@field cycle? boolean rise again at the end, with decay_steps more each time (default false)

---A power of what is left, held or cycled: `end_learning_rate + (initial_learning_rate - end_learning_rate) (1 - t/decay_steps)^power`.
---@param options derny.KerasPolynomialDecayOptions
---@return derny.Schedule
function derny.keras.PolynomialDecay(options) end

---@class derny.KerasInverseTimeDecayOptions
---@field initial_learning_rate number the rate at the start
---@field decay_steps number the steps of one decay
---@field decay_rate number how much of a decay
---@field staircase? boolean at the end of each decay_steps instead of all along (default false)

---An inverse of the time: `initial_learning_rate / (1 + decay_rate t/decay_steps)`.
---@param options derny.KerasInverseTimeDecayOptions
---@return derny.Schedule
function derny.keras.InverseTimeDecay(options) end

---@class derny.KerasCosineDecayOptions
---@field initial_learning_rate number the rate at the start
---@field decay_steps number the steps of the fall, after warmup_steps
---@field alpha? number the lowest rate, as a part of the first
---@field warmup_target? number rise to this first; without it there is no warm-up
---@field warmup_steps? integer the steps of the rise (default 0)

---Half a cosine, after a rise or without: `initial_learning_rate ((1 - alpha) (1 + cos(pi t/decay_steps)) / 2 + alpha); from warmup_target after warmup_steps where it is given`.
---@param options derny.KerasCosineDecayOptions
---@return derny.Schedule
function derny.keras.CosineDecay(options) end

---@class derny.KerasCosineDecayRestartsOptions
---@field initial_learning_rate number the rate at the start
---@field first_decay_steps number the length of the first cosine
---@field t_mul? number how many times longer each is than the one before (default 2)
---@field m_mul? number what the height is multiplied by at each restart (default 1)
---@field alpha? number the lowest rate, as a part of the first

---Cosines one after another, each starting anew: `initial_learning_rate ((1 - alpha) m_mul^n (1 + cos(pi u)) / 2 + alpha); u: 0 to 1 over cycle n, which lasts first_decay_steps t_mul^n`.
---@param options derny.KerasCosineDecayRestartsOptions
---@return derny.Schedule
function derny.keras.CosineDecayRestarts(options) end

---@class derny.KerasLearningRateSchedulerOptions
---@field schedule fun(epoch: number, lr: number): number from the epoch (from 0) and the last lr to the next
---@field verbose? integer without effect here
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field steps_per_epoch? integer updates from call to call; without it the run's epochs

---A function of the epoch and the last lr: `schedule(epoch, lr) at the begin of each epoch`.
---@param options derny.KerasLearningRateSchedulerOptions
---@return derny.Schedule
function derny.keras.LearningRateScheduler(options) end

---@class derny.KerasReduceLROnPlateauOptions
---@field monitor? string what is watched (default "val_loss"); here it is what the run measures
---@field factor? number what lr is multiplied by (default 0.1)
---@field patience? integer observations in a row that are no better at which lr falls (default 10)
---@field verbose? integer without effect here
---@field mode? "auto"|"min"|"max" less is better, or more is; or as what is watched has it (default "auto")
---@field min_delta? number the least improvement that counts (default 0.0001)
---@field cooldown? integer observations after a fall until they count again (default 0)
---@field min_lr? number lr is not lowered below this
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost

---Lower lr when a metric stops improving: `lr factor^(times patience observations in a row were no better)`.
---@param options derny.KerasReduceLROnPlateauOptions
---@return derny.Schedule
function derny.keras.ReduceLROnPlateau(options) end

-- optax' schedules, by its own names and with its defaults, in double precision. Source: optax.schedules of optax 0.2.9.

derny.optax = {}

---@class derny.OptaxConstantScheduleOptions
---@field value number the value

---The same value at every count: `value`.
---@param options derny.OptaxConstantScheduleOptions
---@return derny.Schedule
function derny.optax.constant_schedule(options) end

---@class derny.OptaxLinearScheduleOptions
---@field init_value number the value at the start
---@field end_value number the value at the end, which is held
---@field transition_steps number the steps of the transition; at 0 or below, init_value is held throughout
---@field transition_begin? number the steps before it, at init_value

---A straight line between two values, after a wait or without: `init_value + (end_value - init_value) u; u: (t - transition_begin)/transition_steps, kept within 0 to 1`.
---@param options derny.OptaxLinearScheduleOptions
---@return derny.Schedule
function derny.optax.linear_schedule(options) end

---@class derny.OptaxPolynomialScheduleOptions
---@field init_value number the value at the start
---@field end_value number the value at the end, which is held
---@field power number the power of what is left
---@field transition_steps number the steps of the transition; at 0 or below, init_value is held throughout
---@field transition_begin? number the steps before it, at init_value

---A power of what is left, after a wait or without: `end_value + (init_value - end_value) (1 - u)^power; u: (t - transition_begin)/transition_steps, kept within 0 to 1`.
---@param options derny.OptaxPolynomialScheduleOptions
---@return derny.Schedule
function derny.optax.polynomial_schedule(options) end

---@class derny.OptaxExponentialDecayOptions
---@field init_value number the value at the start
---@field transition_steps number the steps of one decay_rate; at 0 or below there is no decay
---@field decay_rate number what is multiplied by; at 0 there is no decay
---@field transition_begin? number the steps before the decay
---@field staircase? boolean at the end of each transition_steps instead of all along (default false)
---@field end_value? number a lower bound where decay_rate is below 1, else an upper one; without it there is none

---Equal factors in equal times, with a bound or without: `init_value decay_rate^((t - transition_begin)/transition_steps), rounded down where staircase; not past end_value`.
---@param options derny.OptaxExponentialDecayOptions
---@return derny.Schedule
function derny.optax.exponential_decay(options) end

---@class derny.OptaxCosineDecayScheduleOptions
---@field init_value number the value at the start
---@field decay_steps number the steps of the fall
---@field alpha? number the value at the end, as a part of init_value
---@field exponent? number the power of what is left of the cosine (default 1)

---Half a cosine down, then held: `init_value ((1 - alpha) ((1 + cos(pi t/decay_steps)) / 2)^exponent + alpha)`.
---@param options derny.OptaxCosineDecayScheduleOptions
---@return derny.Schedule
function derny.optax.cosine_decay_schedule(options) end

---@class derny.OptaxPiecewiseConstantScheduleOptions
---@field init_value number the value at the start
---@field boundaries_and_scales? table<number, number> what the value is multiplied by at each boundary

---Constant pieces, each a part of the one before: `init_value times the scales whose boundary is at or before t`.
---@param options derny.OptaxPiecewiseConstantScheduleOptions
---@return derny.Schedule
function derny.optax.piecewise_constant_schedule(options) end

---@class derny.OptaxPiecewiseInterpolateScheduleOptions
---@field interpolate_type "linear"|"cosine" the form of the way between two values
---@field init_value number the value at the start
---@field boundaries_and_scales? table<number, number> what the value is multiplied by at each boundary

---Lines or half cosines between values, each a part of the one before: `from v[i] to v[i+1] between boundaries i and i+1, then held; v: init_value times the scales up to there`.
---@param options derny.OptaxPiecewiseInterpolateScheduleOptions
---@return derny.Schedule
function derny.optax.piecewise_interpolate_schedule(options) end

---@class derny.OptaxLinearOnecycleScheduleOptions
---@field transition_steps number the steps in all; the end is reached one update after them
---@field peak_value number the value at the top
---@field pct_start? number where the top is, as a part of transition_steps, rounded down to a step (default 0.3)
---@field pct_final? number where it is down to the start again, in the same way (default 0.85)
---@field div_factor? number the start is peak_value divided by it (default 25)
---@field final_div_factor? number the end is the start divided by it (default 10000)

---Up, down again and further down, in straight lines: `peak_value/div_factor, peak_value at int(pct_start transition_steps), peak_value/div_factor at int(pct_final transition_steps), peak_value/div_factor/final_div_factor at transition_steps`.
---@param options derny.OptaxLinearOnecycleScheduleOptions
---@return derny.Schedule
function derny.optax.linear_onecycle_schedule(options) end

---@class derny.OptaxCosineOnecycleScheduleOptions
---@field transition_steps number the steps in all; the end is reached one update after them
---@field peak_value number the value at the top
---@field pct_start? number where the top is, as a part of transition_steps, rounded down to a step (default 0.3)
---@field div_factor? number the start is peak_value divided by it (default 25)
---@field final_div_factor? number the end is the start divided by it (default 10000)

---One rise and one long fall, in half cosines: `peak_value/div_factor, peak_value at int(pct_start transition_steps), peak_value/div_factor/final_div_factor at transition_steps`.
---@param options derny.OptaxCosineOnecycleScheduleOptions
---@return derny.Schedule
function derny.optax.cosine_onecycle_schedule(options) end

---@class derny.OptaxWarmupConstantScheduleOptions
---@field init_value number the value at the start
---@field peak_value number the value after the warm-up
---@field warmup_steps number the steps of the rise

---A straight rise, then held: `init_value + (peak_value - init_value) t/warmup_steps, then peak_value`.
---@param options derny.OptaxWarmupConstantScheduleOptions
---@return derny.Schedule
function derny.optax.warmup_constant_schedule(options) end

---@class derny.OptaxWarmupCosineDecayScheduleOptions
---@field init_value number the value at the start
---@field peak_value number the value after the warm-up
---@field warmup_steps number the steps of the rise
---@field decay_steps number the steps in all, the warm-up's too
---@field end_value? number the value at the end, which is held
---@field exponent? number the power of what is left of the cosine (default 1)

---A straight rise, then half a cosine down: `init_value to peak_value over warmup_steps, then cosine_decay_schedule to end_value over decay_steps - warmup_steps`.
---@param options derny.OptaxWarmupCosineDecayScheduleOptions
---@return derny.Schedule
function derny.optax.warmup_cosine_decay_schedule(options) end

---@class derny.OptaxWarmupExponentialDecayScheduleOptions
---@field init_value number the value at the start
---@field peak_value number the value after the warm-up
---@field warmup_steps number the steps of the rise
---@field transition_steps number the steps of one decay_rate; at 0 or below there is no decay
---@field decay_rate number what is multiplied by; at 0 there is no decay
---@field transition_begin? number the steps before the decay
---@field staircase? boolean at the end of each transition_steps instead of all along (default false)
---@field end_value? number a lower bound where decay_rate is below 1, else an upper one; without it there is none

---A straight rise, then an exponential decay: `init_value to peak_value over warmup_steps, then exponential_decay from its own count 0`.
---@param options derny.OptaxWarmupExponentialDecayScheduleOptions
---@return derny.Schedule
function derny.optax.warmup_exponential_decay_schedule(options) end

---@class derny.OptaxSgdrScheduleOptions
---@field cosine_kwargs derny.OptaxWarmupCosineDecayScheduleOptions[] the arguments of a warmup_cosine_decay_schedule for each cycle

---Warm-ups and cosines one after another, each with its own numbers: `warmup_cosine_decay_schedule(cosine_kwargs[i]), each decay_steps long`.
---@param options derny.OptaxSgdrScheduleOptions
---@return derny.Schedule
function derny.optax.sgdr_schedule(options) end

---@class derny.OptaxJoinSchedulesOptions
---@field schedules derny.AnySchedule[] the parts
---@field boundaries number[] the counts at which the next part takes over

---Schedules one after another, each counting from its own start: `schedules[i](t - boundaries[i-1]) from boundaries[i-1] on`.
---@param options derny.OptaxJoinSchedulesOptions
---@return derny.Schedule
function derny.optax.join_schedules(options) end

---@class derny.OptaxInjectHyperparamsOptions
---@field learning_rate derny.AnySchedule the schedule of lr
---@field momentum? derny.AnySchedule the schedule of optax.sgd's momentum
---@field b1? derny.AnySchedule the schedule of optax.adam's first beta

---Lr and momentum by a schedule each: `learning_rate(t); momentum(t) or b1(t)`.
---@param options derny.OptaxInjectHyperparamsOptions
---@return derny.Schedule
function derny.optax.inject_hyperparams(options) end

-- fastai's schedules and the fits that use them, by its own names and with its defaults. Source: fastai.callback.schedule of fastai 2.8.

derny.fastai = {}

---@class derny.FastaiSchedLinOptions
---@field start number the value at 0
---@field end number the value at 1

---A straight line: `start + u (end - start); u: t/T`.
---@param options derny.FastaiSchedLinOptions
---@overload fun(start: number, end_: number): derny.Schedule
---@return derny.Schedule
function derny.fastai.SchedLin(options) end

---@class derny.FastaiSchedCosOptions
---@field start number the value at 0
---@field end number the value at 1

---Half a cosine: `start + (1 + cos(pi (1 - u))) (end - start) / 2; u: t/T`.
---@param options derny.FastaiSchedCosOptions
---@overload fun(start: number, end_: number): derny.Schedule
---@return derny.Schedule
function derny.fastai.SchedCos(options) end

---@class derny.FastaiSchedNoOptions
---@field start number the value at 0
---@field end number the value at 1

---The same value throughout: `start`.
---@param options derny.FastaiSchedNoOptions
---@overload fun(start: number, end_: number): derny.Schedule
---@return derny.Schedule
function derny.fastai.SchedNo(options) end

---@class derny.FastaiSchedExpOptions
---@field start number the value at 0
---@field end number the value at 1

---Equal factors in equal times: `start (end/start)^u; u: t/T`.
---@param options derny.FastaiSchedExpOptions
---@overload fun(start: number, end_: number): derny.Schedule
---@return derny.Schedule
function derny.fastai.SchedExp(options) end

---@class derny.FastaiSchedPolyOptions
---@field start number the value at 0
---@field end number the value at 1
---@field power number the power of the position

---A power of the position: `start + (end - start) u^power; u: t/T`.
---@param options derny.FastaiSchedPolyOptions
---@overload fun(start: number, end_: number, power: number): derny.Schedule
---@return derny.Schedule
function derny.fastai.SchedPoly(options) end

---@class derny.FastaiCombineSchedsOptions
---@field pcts number[] how much of the fit each has; together exactly 1
---@field scheds derny.AnySchedule[] schedules of derny.fastai, or functions

---Schedules one after another, each over its part: `scheds[i]((u - b[i]) / pcts[i]) from b[i] on; u: t/T; b: the sums of pcts before`.
---@param options derny.FastaiCombineSchedsOptions
---@overload fun(pcts: number[], scheds: derny.AnySchedule[]): derny.Schedule
---@return derny.Schedule
function derny.fastai.combine_scheds(options) end

---@class derny.FastaiCombinedCosOptions
---@field pct number where the middle is
---@field start number the value at 0
---@field middle number the value at pct
---@field end number the value at 1

---Two half cosines, by way of a middle: `SchedCos(start, middle) up to pct, then SchedCos(middle, end)`.
---@param options derny.FastaiCombinedCosOptions
---@overload fun(pct: number, start: number, middle: number, end_: number): derny.Schedule
---@return derny.Schedule
function derny.fastai.combined_cos(options) end

---@class derny.FastaiParamSchedulerOptions
---@field scheds table<string, derny.AnySchedule> schedules of derny.fastai, or functions: lr, mom; those of other hyper-parameters move nothing here
---@field n_epoch? integer epochs of the fit; without it as the run has
---@field n_iter? integer updates in one epoch; without it as the run has
---@field start_epoch? integer epochs that are skipped at the start, of n_epoch in all (default 0)
---@field lr? number the learner's, where scheds has none (default 0.001)

---Lr and momentum by a schedule each, over a fit: `scheds.lr(u), scheds.mom(u); u: epoch/n_epoch at each epoch's start, then 1/(n_iter n_epoch) more with each update`.
---@param options derny.FastaiParamSchedulerOptions
---@return derny.Schedule
function derny.fastai.ParamScheduler(options) end

---@class derny.FastaiFitOneCycleOptions
---@field n_epoch integer epochs of the fit
---@field lr_max? number the highest rate; without it the learner's (default 0.001)
---@field div? number the first rate is lr_max divided by it (default 25)
---@field div_final? number the last rate is lr_max divided by it (default 100000)
---@field pct_start? number where the top is (default 0.25)
---@field wd? number the optimizer's weight decay; moves nothing here
---@field moms? number[] momentum at the start, the top of lr and the end (default 0.95, 0.85, 0.95)
---@field reset_opt? boolean begin with a new optimizer; moves nothing here (default false)
---@field start_epoch? integer epochs that are skipped at the start, of n_epoch in all (default 0)
---@field n_iter? integer updates in one epoch; without it as the run has

---A cosine up and one down, momentum the other way: `combined_cos(pct_start, lr_max/div, lr_max, lr_max/div_final)`.
---@param options derny.FastaiFitOneCycleOptions
---@return derny.Schedule
function derny.fastai.fit_one_cycle(options) end

---@class derny.FastaiFitFlatCosOptions
---@field n_epoch integer epochs of the fit
---@field lr? number the highest rate; without it the learner's (default 0.001)
---@field div_final? number the last rate is lr divided by it (default 100000)
---@field pct_start? number where the fall begins (default 0.75)
---@field wd? number the optimizer's weight decay; moves nothing here
---@field reset_opt? boolean begin with a new optimizer; moves nothing here (default false)
---@field start_epoch? integer taken, and forgotten: all epochs are run (default 0)
---@field n_iter? integer updates in one epoch; without it as the run has

---Flat, then a cosine down: `combined_cos(pct_start, lr, lr, lr/div_final)`.
---@param options derny.FastaiFitFlatCosOptions
---@return derny.Schedule
function derny.fastai.fit_flat_cos(options) end

---@class derny.FastaiFitSgdrOptions
---@field n_cycles integer how many cosines
---@field cycle_len integer epochs of the first
---@field lr_max? number the highest rate; without it the learner's (default 0.001)
---@field cycle_mult? integer how many times longer each is than the one before; not 1 (default 2)
---@field reset_opt? boolean begin with a new optimizer; moves nothing here (default false)
---@field wd? number the optimizer's weight decay; moves nothing here
---@field start_epoch? integer epochs that are skipped at the start, of all (default 0)
---@field n_iter? integer updates in one epoch; without it as the run has

---Cosines one after another, each longer than the one before: `SchedCos(lr_max, 0) over cycle_len cycle_mult^i epochs`.
---@param options derny.FastaiFitSgdrOptions
---@return derny.Schedule
function derny.fastai.fit_sgdr(options) end

---@class derny.FastaiFineTuneOptions
---@field epochs integer epochs of the second fit, of the whole model
---@field base_lr? number the highest rate of the first fit; half of it is the second's (default 0.002)
---@field freeze_epochs? integer epochs of the first fit, of the head alone (default 1)
---@field lr_mult? number how much lower the rate of the first layers is; the rate here is the last's (default 100)
---@field pct_start? number where the top of the second fit is; the first's is at 0.99 (default 0.3)
---@field div? number the first rate of the second fit is its highest divided by it; the first fit's is 25 (default 5)
---@field div_final? number each fit's last rate is its highest divided by it (default 100000)
---@field wd? number the optimizer's weight decay; moves nothing here
---@field moms? number[] momentum at the start, the top of lr and the end (default 0.95, 0.85, 0.95)
---@field reset_opt? boolean begin with a new optimizer; moves nothing here (default false)
---@field start_epoch? integer epochs of each fit that are skipped at its start (default 0)
---@field n_iter? integer updates in one epoch; without it as the run has

---Two one cycles: the head alone, then the whole model at half the rate: `fit_one_cycle(freeze_epochs, base_lr, pct_start=0.99), then fit_one_cycle(epochs, base_lr/2, div, pct_start)`.
---@param options derny.FastaiFineTuneOptions
---@return derny.Schedule
function derny.fastai.fine_tune(options) end

---@class derny.FastaiLRFinderOptions
---@field start_lr? number the rate at the start (default 1e-07)
---@field end_lr? number the rate that it makes for, one update after the last (default 10)
---@field num_it? integer the updates in all, at least 6 (default 100)

---The rates of lr_find's sweep: `start_lr (end_lr/start_lr)^(t/num_it)`.
---@param options derny.FastaiLRFinderOptions
---@return derny.Schedule
function derny.fastai.LRFinder(options) end

---@class derny.FastaiReduceLROnPlateauOptions
---@field monitor? string what is watched (default "valid_loss"); here it is what the run measures
---@field comp? "less"|"greater" less is better, or more is; without it less of what has loss or error in its name
---@field min_delta? number the least improvement that counts
---@field patience? integer observations no better after which it acts (default 1)
---@field factor? number what lr is divided by (default 10)
---@field min_lr? number lr is not lowered below this
---@field reset_on_fit? boolean forget at each fit; there is one here (default true)
---@field lr? number the learner's (default 0.001)

---Lower lr when a metric stops improving: `lr / factor^(times patience observations in a row were no better)`.
---@param options derny.FastaiReduceLROnPlateauOptions
---@return derny.Schedule
function derny.fastai.ReduceLROnPlateau(options) end

-- PyTorch-Ignite's parameter schedulers, by its own names and with its defaults, called just before each update. Source:
-- ignite.handlers of PyTorch-Ignite 0.6.

derny.ignite = {}

---@class derny.IgniteLinearCyclicalSchedulerOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field param_name string the optimizer's parameter: lr, momentum; any other moves nothing here
---@field start_value number the value at a cycle's start
---@field end_value number the value in the middle of a cycle
---@field cycle_size integer the updates of a cycle, more than 1
---@field cycle_mult? number how many times longer each is than the one before (default 1)
---@field start_value_mult? number what start_value is multiplied by after each (default 1)
---@field end_value_mult? number what end_value is multiplied by after each (default 1)
---@field warmup_duration? integer the updates of a line from each end_value to the next start_value (default 0)
---@field save_history? boolean log the values in the engine; moves nothing here (default false)
---@field param_group_index? integer the group of parameters; there is one, 0
---@field monotonic? boolean from start_value to end_value over the whole cycle (default false)

---A line to the end value and back, over and over: `end_value + (start_value - end_value) 2 abs(u - 1/2), or start_value + (end_value - start_value) u; u: t/cycle_size within a cycle`.
---@param options derny.IgniteLinearCyclicalSchedulerOptions
---@return derny.Schedule
function derny.ignite.LinearCyclicalScheduler(options) end

---@class derny.IgniteCosineAnnealingSchedulerOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field param_name string the optimizer's parameter: lr, momentum; any other moves nothing here
---@field start_value number the value at a cycle's start
---@field end_value number the value at a cycle's end
---@field cycle_size integer the updates of a cycle, more than 1
---@field cycle_mult? number how many times longer each is than the one before (default 1)
---@field start_value_mult? number what start_value is multiplied by after each (default 1)
---@field end_value_mult? number what end_value is multiplied by after each (default 1)
---@field warmup_duration? integer the updates of a line from each end_value to the next start_value (default 0)
---@field save_history? boolean log the values in the engine; moves nothing here (default false)
---@field param_group_index? integer the group of parameters; there is one, 0

---Half a cosine to the end value, over and over: `start_value + (end_value - start_value) (1 - cos(pi u)) / 2; u: t/cycle_size within a cycle`.
---@param options derny.IgniteCosineAnnealingSchedulerOptions
---@return derny.Schedule
function derny.ignite.CosineAnnealingScheduler(options) end

---@class derny.IgnitePiecewiseLinearOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field param_name string the optimizer's parameter: lr, momentum; any other moves nothing here
---@field milestones_values number[][] {update, value} pairs, joined by lines
---@field save_history? boolean log the values in the engine; moves nothing here (default false)
---@field param_group_index? integer the group of parameters; there is one, 0

---Lines through milestones, held outside them: `v[i] + (v[i+1] - v[i]) (t - m[i])/(m[i+1] - m[i]) from milestone m[i] on`.
---@param options derny.IgnitePiecewiseLinearOptions
---@return derny.Schedule
function derny.ignite.PiecewiseLinear(options) end

---@class derny.IgniteLRSchedulerOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field lr_scheduler derny.Schedule a scheduler of derny.torch
---@field save_history? boolean log the values in the engine; moves nothing here (default false)
---@field use_legacy? boolean called after each update instead of before it (default false)

---A scheduler of PyTorch's: `lr_scheduler(t)`.
---@param options derny.IgniteLRSchedulerOptions
---@return derny.Schedule
function derny.ignite.LRScheduler(options) end

---@class derny.IgniteConcatSchedulerOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field schedulers derny.Schedule[] schedulers of derny.ignite
---@field durations number[] the updates of each but the last
---@field save_history? boolean log the values in the engine; moves nothing here (default false)

---Schedulers one after another, each counting its own calls: `schedulers[i] for durations[i] updates; the last without end`.
---@param options derny.IgniteConcatSchedulerOptions
---@return derny.Schedule
function derny.ignite.ConcatScheduler(options) end

---@class derny.IgniteParamGroupSchedulerOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field schedulers derny.Schedule[] schedulers of derny.ignite
---@field names? string[] what each is logged as; moves nothing here
---@field save_history? boolean log the values in the engine; moves nothing here (default false)

---Several schedulers at once, of lr and of momentum: `schedulers[i](t), each of its own parameter`.
---@param options derny.IgniteParamGroupSchedulerOptions
---@return derny.Schedule
function derny.ignite.ParamGroupScheduler(options) end

---@class derny.IgniteCreateLrSchedulerWithWarmupOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field lr_scheduler derny.Schedule what follows, of derny.ignite or derny.torch
---@field warmup_start_value number the rate at the start
---@field warmup_duration integer the updates of the rise, more than 1
---@field warmup_end_value? number the rate at its end; without it the optimizer's
---@field save_history? boolean log the values in the engine; moves nothing here (default false)

---A straight rise, then another scheduler: `warmup_start_value to warmup_end_value over warmup_duration updates, then lr_scheduler`.
---@param options derny.IgniteCreateLrSchedulerWithWarmupOptions
---@return derny.Schedule
function derny.ignite.create_lr_scheduler_with_warmup(options) end

---@class derny.IgniteReduceLROnPlateauSchedulerOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field metric_name string what is watched; here it is what the run measures
---@field save_history? boolean log the values in the engine; moves nothing here (default false)
---@field param_group_index? integer the group of parameters; there is one, 0
---@field mode? "min"|"max" less is better, or more is (default "min")
---@field factor? number what lr is multiplied by (default 0.1)
---@field patience? integer observations no better that are put up with (default 10)
---@field threshold? number the least improvement that counts (default 0.0001)
---@field threshold_mode? "rel"|"abs" threshold as a part of the best, or as it is (default "rel")
---@field cooldown? integer observations after a drop that are not counted (default 0)
---@field min_lr? number lr is not lowered below this
---@field eps? number a drop by less than this is not made (default 1e-08)

---Lower lr when a metric stops improving: `lr factor^(times patience + 1 observations in a row were no better)`.
---@param options derny.IgniteReduceLROnPlateauSchedulerOptions
---@return derny.Schedule
function derny.ignite.ReduceLROnPlateauScheduler(options) end

---@class derny.IgniteExpStateSchedulerOptions
---@field initial_value number the value at the start
---@field gamma number what it is multiplied by at each event
---@field param_name string what the parameter is called; here it is lr
---@field save_history? boolean log the values in the engine; moves nothing here (default false)
---@field create_new? boolean make the parameter where there is none; moves nothing here (default false)

---Equal factors at each event: `initial_value gamma^t`.
---@param options derny.IgniteExpStateSchedulerOptions
---@return derny.Schedule
function derny.ignite.ExpStateScheduler(options) end

---@class derny.IgniteStepStateSchedulerOptions
---@field initial_value number the value at the start
---@field gamma number what it is multiplied by at each step
---@field step_size integer the events from step to step
---@field param_name string what the parameter is called; here it is lr
---@field save_history? boolean log the values in the engine; moves nothing here (default false)
---@field create_new? boolean make the parameter where there is none; moves nothing here (default false)

---A factor every step_size events: `initial_value gamma^floor(t/step_size)`.
---@param options derny.IgniteStepStateSchedulerOptions
---@return derny.Schedule
function derny.ignite.StepStateScheduler(options) end

---@class derny.IgniteMultiStepStateSchedulerOptions
---@field initial_value number the value at the start
---@field gamma number what it is multiplied by at each milestone
---@field milestones number[] the events at which it is multiplied; one that is listed twice, twice
---@field param_name string what the parameter is called; here it is lr
---@field save_history? boolean log the values in the engine; moves nothing here (default false)
---@field create_new? boolean make the parameter where there is none; moves nothing here (default false)

---A factor at each milestone: `initial_value gamma^(milestones at or before t)`.
---@param options derny.IgniteMultiStepStateSchedulerOptions
---@return derny.Schedule
function derny.ignite.MultiStepStateScheduler(options) end

---@class derny.IgnitePiecewiseLinearStateSchedulerOptions
---@field milestones_values number[][] {event, value} pairs, joined by lines
---@field param_name string what the parameter is called; here it is lr
---@field save_history? boolean log the values in the engine; moves nothing here (default false)
---@field create_new? boolean make the parameter where there is none; moves nothing here (default false)

---Lines through milestones, held outside them: `v[i] + (v[i+1] - v[i]) (t - m[i])/(m[i+1] - m[i]) from milestone m[i] on`.
---@param options derny.IgnitePiecewiseLinearStateSchedulerOptions
---@return derny.Schedule
function derny.ignite.PiecewiseLinearStateScheduler(options) end

---@class derny.IgniteLambdaStateSchedulerOptions
---@field lambda_obj fun(x: number): number from the event to the value
---@field param_name string what the parameter is called; here it is lr
---@field save_history? boolean log the values in the engine; moves nothing here (default false)
---@field create_new? boolean make the parameter where there is none; moves nothing here (default false)

---A function of the event: `lambda_obj(t)`.
---@param options derny.IgniteLambdaStateSchedulerOptions
---@return derny.Schedule
function derny.ignite.LambdaStateScheduler(options) end

-- The functions of the article on Keras and PyTorch schedules, by its own names and with its defaults.

derny.article = {}

---@class derny.ArticleOneCycleScheduleOptions
---@field max_lr? number the rate at the top (default 0.01)
---@field base_lr? number the rate at the start (default 0.001)
---@field total_epochs? number its length, at least 2 (default 100)

---Up and down again, evenly: ``.
---@param options derny.ArticleOneCycleScheduleOptions
---@return derny.Schedule
function derny.article.one_cycle_schedule(options) end

---@class derny.ArticleExponentialDecayOptions
---@field initial_lr? number the rate at the start (default 0.01)
---@field decay_rate? number the k of exp(-k) (default 0.1)
---@field decay_epochs? number the steps of one exp(-k) (default 20)

---Equal factors in equal times: `initial_lr exp(-decay_rate t/decay_epochs)`.
---@param options derny.ArticleExponentialDecayOptions
---@return derny.Schedule
function derny.article.exponential_decay(options) end

---@class derny.ArticlePiecewiseConstantOptions

---Three rates: `0.01 while t < 10, 0.005 while t < 20, then 0.001`.
---@param options derny.ArticlePiecewiseConstantOptions
---@return derny.Schedule
function derny.article.piecewise_constant(options) end

---@class derny.ArticleCyclicalLrOptions
---@field base_lr? number the rate at the bottom (default 0.001)
---@field max_lr? number the rate at the top (default 0.006)
---@field step_size? number the steps of a rise (default 10)

---Up and down between two rates, without end: `base_lr + (max_lr - base_lr) max(0, 1 - x); x = abs(t/step_size - 2 cycle + 1)`.
---@param options derny.ArticleCyclicalLrOptions
---@return derny.Schedule
function derny.article.cyclical_lr(options) end

-- timm's schedulers, by its own names and with its defaults, called once after each update or epoch.

derny.timm = {}

---@class derny.TimmCosineLRSchedulerOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field t_initial number the length of the first cycle
---@field lr_min? number the lowest rate, held after the last cycle
---@field cycle_mul? number how many times longer each cycle is than the one before (default 1)
---@field cycle_decay? number what the height is multiplied by at each cycle (default 1)
---@field cycle_limit? number how many cycles there are (default 1)
---@field warmup_t? number the length of the rise
---@field warmup_lr_init? number where it begins
---@field warmup_prefix? boolean the rise comes first; else it is laid over the start (default false)
---@field t_in_epochs? boolean times are calls of step(epoch); else updates, by step_update (default true)
---@field noise_range_t? number|number[] noise from this time on, or between two
---@field noise_pct? number noise is less than this part of lr (default 0.67)
---@field noise_std? number without effect: timm takes it and forgets it (default 1)
---@field noise_seed? number of PyTorch's generator, anew at each time: seed + time (default 42)
---@field initialize? boolean begin with the optimizer's lr; timm can resume, this cannot (default true)
---@field iters_per_epoch? integer updates between two calls of step(epoch) (default 1)
---@field k_decay? number the power of the time (arXiv:2004.05909) (default 1)

---Half a cosine, after a rise or without, in cycles: `lr_min + (lr - lr_min) (1 + cos(pi t^k/t_initial^k)) / 2, then lr_min; k: k_decay`.
---@param options derny.TimmCosineLRSchedulerOptions
---@return derny.Schedule
function derny.timm.CosineLRScheduler(options) end

---@class derny.TimmTanhLRSchedulerOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field t_initial number the length of the first cycle
---@field lb? number where on the tangent a cycle begins (default -7)
---@field ub? number and where it ends (default 3)
---@field lr_min? number the lowest rate, held after the last cycle
---@field cycle_mul? number how many times longer each cycle is than the one before (default 1)
---@field cycle_decay? number what the height is multiplied by at each cycle (default 1)
---@field cycle_limit? number how many cycles there are (default 1)
---@field warmup_t? number the length of the rise
---@field warmup_lr_init? number where it begins
---@field warmup_prefix? boolean the rise comes first; else it is laid over the start (default false)
---@field t_in_epochs? boolean times are calls of step(epoch); else updates, by step_update (default true)
---@field noise_range_t? number|number[] noise from this time on, or between two
---@field noise_pct? number noise is less than this part of lr (default 0.67)
---@field noise_std? number without effect: timm takes it and forgets it (default 1)
---@field noise_seed? number of PyTorch's generator, anew at each time: seed + time (default 42)
---@field initialize? boolean begin with the optimizer's lr; timm can resume, this cannot (default true)
---@field iters_per_epoch? integer updates between two calls of step(epoch) (default 1)

---A hyperbolic tangent down, in cycles: `lr_min + (lr - lr_min) (1 - tanh(lb (1 - p) + ub p)) / 2; p: t/t_initial`.
---@param options derny.TimmTanhLRSchedulerOptions
---@return derny.Schedule
function derny.timm.TanhLRScheduler(options) end

---@class derny.TimmPolyLRSchedulerOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field t_initial number the length of the first cycle
---@field power? number the power of what is left (default 0.5)
---@field lr_min? number the lowest rate, held after the last cycle
---@field cycle_mul? number how many times longer each cycle is than the one before (default 1)
---@field cycle_decay? number what the height is multiplied by at each cycle (default 1)
---@field cycle_limit? number how many cycles there are (default 1)
---@field warmup_t? number the length of the rise
---@field warmup_lr_init? number where it begins
---@field warmup_prefix? boolean the rise comes first; else it is laid over the start (default false)
---@field t_in_epochs? boolean times are calls of step(epoch); else updates, by step_update (default true)
---@field noise_range_t? number|number[] noise from this time on, or between two
---@field noise_pct? number noise is less than this part of lr (default 0.67)
---@field noise_std? number without effect: timm takes it and forgets it (default 1)
---@field noise_seed? number of PyTorch's generator, anew at each time: seed + time (default 42)
---@field initialize? boolean begin with the optimizer's lr; timm can resume, this cannot (default true)
---@field iters_per_epoch? integer updates between two calls of step(epoch) (default 1)
---@field k_decay? number the power of the time (arXiv:2004.05909) (default 1)

---A power of what is left, in cycles: `lr_min + (lr - lr_min) (1 - t^k/t_initial^k)^power, then lr_min; k: k_decay`.
---@param options derny.TimmPolyLRSchedulerOptions
---@return derny.Schedule
function derny.timm.PolyLRScheduler(options) end

---@class derny.TimmStepLRSchedulerOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field decay_t number the time from drop to drop
---@field decay_rate? number what lr is multiplied by (default 1)
---@field warmup_t? number the length of the rise
---@field warmup_lr_init? number where it begins
---@field warmup_prefix? boolean the rise comes first; else it is laid over the start (default true)
---@field t_in_epochs? boolean times are calls of step(epoch); else updates, by step_update (default true)
---@field noise_range_t? number|number[] noise from this time on, or between two
---@field noise_pct? number noise is less than this part of lr (default 0.67)
---@field noise_std? number without effect: timm takes it and forgets it (default 1)
---@field noise_seed? number of PyTorch's generator, anew at each time: seed + time (default 42)
---@field initialize? boolean begin with the optimizer's lr; timm can resume, this cannot (default true)
---@field iters_per_epoch? integer updates between two calls of step(epoch) (default 1)

---A drop every decay_t: `lr decay_rate^floor(t/decay_t)`.
---@param options derny.TimmStepLRSchedulerOptions
---@return derny.Schedule
function derny.timm.StepLRScheduler(options) end

---@class derny.TimmMultiStepLRSchedulerOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field decay_t number[] the times that it drops before
---@field decay_rate? number what lr is multiplied by (default 1)
---@field warmup_t? number the length of the rise
---@field warmup_lr_init? number where it begins
---@field warmup_prefix? boolean the rise comes first; else it is laid over the start (default true)
---@field t_in_epochs? boolean times are calls of step(epoch); else updates, by step_update (default true)
---@field noise_range_t? number|number[] noise from this time on, or between two
---@field noise_pct? number noise is less than this part of lr (default 0.67)
---@field noise_std? number without effect: timm takes it and forgets it (default 1)
---@field noise_seed? number of PyTorch's generator, anew at each time: seed + time (default 42)
---@field initialize? boolean begin with the optimizer's lr; timm can resume, this cannot (default true)
---@field iters_per_epoch? integer updates between two calls of step(epoch) (default 1)

---A drop just before each milestone: `lr decay_rate^(decay_t at or before t + 1)`.
---@param options derny.TimmMultiStepLRSchedulerOptions
---@return derny.Schedule
function derny.timm.MultiStepLRScheduler(options) end

---@class derny.TimmWSDLRSchedulerOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field t_initial number the length of the stable phase and the decay; the warm-up comes before
---@field decay_t number the length of the decay, at most t_initial
---@field lr_min? number the rate after the decay
---@field stable_fn? "constant"|"rsqrt"|"power" lr in the stable phase: all of it, or a falling power (default "constant")
---@field stable_timescale? number of rsqrt and power; without it warmup_t
---@field stable_power? number of power (default 0.5)
---@field decay_fn? "linear"|"1-sqrt"|"cosine"|"power"|"exp"|fun(x: number): number the form of the decay, or a function from 0 to 1 to what is left (default "1-sqrt")
---@field decay_power? number of the decay power (default 0.5)
---@field decay_ratio? number of the decay exp: where it would end if it were not stretched down to lr_min (default 0.1)
---@field warmup_t? number the length of the rise
---@field warmup_lr_init? number where it begins
---@field t_in_epochs? boolean times are calls of step(epoch); else updates, by step_update (default true)
---@field noise_range_t? number|number[] noise from this time on, or between two
---@field noise_pct? number noise is less than this part of lr (default 0.67)
---@field noise_std? number without effect: timm takes it and forgets it (default 1)
---@field noise_seed? number of PyTorch's generator, anew at each time: seed + time (default 42)
---@field initialize? boolean begin with the optimizer's lr; timm can resume, this cannot (default true)
---@field iters_per_epoch? integer updates between two calls of step(epoch) (default 1)

---A rise, a plateau, a fall: `lr_min + (lr stable(t) - lr_min) decay(p); p: 0 to 1 over the last decay_t of t_initial`.
---@param options derny.TimmWSDLRSchedulerOptions
---@return derny.Schedule
function derny.timm.WSDLRScheduler(options) end

---@class derny.TimmPlateauLRSchedulerOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field decay_rate? number what lr is multiplied by, less than 1 (default 0.1)
---@field patience_t? integer observations no better that are put up with (default 10)
---@field threshold? number the least improvement that counts, as a part of the best (default 0.0001)
---@field cooldown_t? integer observations after a drop that are not counted (default 0)
---@field warmup_t? number the length of the rise
---@field warmup_lr_init? number where it begins
---@field lr_min? number lr is not lowered below this
---@field mode? "min"|"max" less is better, or more is, as of an accuracy (default "max")
---@field noise_type? "normal"|"uniform" how noise is drawn (default "normal")
---@field noise_range_t? number|number[] noise from this time on, or between two
---@field noise_pct? number noise is less than this part of lr (default 0.67)
---@field noise_std? number without effect: timm takes it and forgets it (default 1)
---@field noise_seed? number of PyTorch's generator, anew at each time: seed + time (default 42)
---@field initialize? boolean begin with the optimizer's lr; timm can resume, this cannot (default true)
---@field iters_per_epoch? integer updates between two calls of step(epoch) (default 1)

---Lower lr when a metric stops improving, after a rise: `lr decay_rate^(times patience_t + 1 observations in a row were no better)`.
---@param options derny.TimmPlateauLRSchedulerOptions
---@return derny.Schedule
function derny.timm.PlateauLRScheduler(options) end

-- The schedules of Hugging Face transformers, by its own names and with its defaults.

derny.transformers = {}

---@class derny.TransformersGetConstantScheduleOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost

---The optimizer's lr: `lr`.
---@param options derny.TransformersGetConstantScheduleOptions
---@return derny.Schedule
function derny.transformers.get_constant_schedule(options) end

---@class derny.TransformersGetConstantScheduleWithWarmupOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field num_warmup_steps number the steps of a rise from 0

---A rise to the optimizer's lr: `lr t/num_warmup_steps, at most lr`.
---@param options derny.TransformersGetConstantScheduleWithWarmupOptions
---@return derny.Schedule
function derny.transformers.get_constant_schedule_with_warmup(options) end

---@class derny.TransformersGetLinearScheduleWithWarmupOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field num_warmup_steps number the steps of a rise from 0
---@field num_training_steps number the steps of the run, rise and all

---A rise and a straight line down to 0: `lr t/w while t < w, then lr (T - t)/(T - w), then 0; w: num_warmup_steps, T: num_training_steps`.
---@param options derny.TransformersGetLinearScheduleWithWarmupOptions
---@return derny.Schedule
function derny.transformers.get_linear_schedule_with_warmup(options) end

---@class derny.TransformersGetCosineScheduleWithWarmupOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field num_warmup_steps number the steps of a rise from 0
---@field num_training_steps number the steps of the run, rise and all
---@field num_cycles? number waves of the cosine; at a half it ends at 0 (default 0.5)

---A rise and half a cosine; up again after the run's end: `lr t/w while t < w, then lr (1 + cos(2 pi num_cycles p)) / 2; p: (t - w)/(T - w); w: num_warmup_steps, T: num_training_steps`.
---@param options derny.TransformersGetCosineScheduleWithWarmupOptions
---@return derny.Schedule
function derny.transformers.get_cosine_schedule_with_warmup(options) end

---@class derny.TransformersGetCosineWithHardRestartsScheduleWithWarmupOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field num_warmup_steps number the steps of a rise from 0
---@field num_training_steps number the steps of the run, rise and all
---@field num_cycles? number how many half cosines (default 1)

---A rise and cosines one after another: `lr t/w while t < w, then lr (1 + cos(pi (num_cycles p mod 1))) / 2, then 0; p: (t - w)/(T - w); w: num_warmup_steps, T: num_training_steps`.
---@param options derny.TransformersGetCosineWithHardRestartsScheduleWithWarmupOptions
---@return derny.Schedule
function derny.transformers.get_cosine_with_hard_restarts_schedule_with_warmup(options) end

---@class derny.TransformersGetPolynomialDecayScheduleWithWarmupOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field num_warmup_steps number the steps of a rise from 0
---@field num_training_steps number the steps of the run, rise and all
---@field lr_end? number the rate at the end, less than the optimizer's (default 1e-07)
---@field power? number the power of what is left (default 1)

---A rise and a power of what is left: `lr t/w while t < w, then lr_end + (lr - lr_end) (1 - p)^power, then lr_end; p: (t - w)/(T - w); w: num_warmup_steps, T: num_training_steps`.
---@param options derny.TransformersGetPolynomialDecayScheduleWithWarmupOptions
---@return derny.Schedule
function derny.transformers.get_polynomial_decay_schedule_with_warmup(options) end

---@class derny.TransformersGetInverseSqrtScheduleOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field num_warmup_steps number the steps of a rise from 0
---@field timescale? number the steps from which it falls; without it num_warmup_steps, or 10000 without a rise

---A rise and an inverse root: `lr t/w while t < w, then lr sqrt(timescale / (t - w + timescale)); w: num_warmup_steps`.
---@param options derny.TransformersGetInverseSqrtScheduleOptions
---@return derny.Schedule
function derny.transformers.get_inverse_sqrt_schedule(options) end

---@class derny.TransformersGetCosineWithMinLrScheduleWithWarmupOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field num_warmup_steps number the steps of a rise from 0
---@field num_training_steps number the steps of the run, rise and all
---@field num_cycles? number waves of the cosine; at a half it ends at the least rate (default 0.5)
---@field min_lr? number the least rate; or give min_lr_rate
---@field min_lr_rate? number it as a part of the optimizer's lr

---A rise and half a cosine down to a least lr: `lr t/w while t < w, then r + (lr - r) (1 + cos(2 pi num_cycles p)) / 2, r: min_lr; p: (t - w)/(T - w); w: num_warmup_steps, T: num_training_steps`.
---@param options derny.TransformersGetCosineWithMinLrScheduleWithWarmupOptions
---@return derny.Schedule
function derny.transformers.get_cosine_with_min_lr_schedule_with_warmup(options) end

---@class derny.TransformersGetCosineWithMinLrScheduleWithWarmupLrRateOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field num_warmup_steps number the steps of a rise from 0
---@field num_training_steps number the steps of the run, rise and all
---@field num_cycles? number waves of the cosine; at a half it ends at the least rate (default 0.5)
---@field min_lr? number the least rate; or give min_lr_rate
---@field min_lr_rate? number it as a part of the optimizer's lr
---@field warmup_lr_rate? number what the rise begins with, as a part of lr; without it a step's share of the rise

---The same, its steps counted from 1: `lr (t + 1)/w, or lr (k + (1 - k) t/(w - 1)), while t < w, then r + (lr - r) (1 + cos(2 pi num_cycles p)) / 2; k: warmup_lr_rate, r: min_lr, p: (t - w + 1)/(T - w)`.
---@param options derny.TransformersGetCosineWithMinLrScheduleWithWarmupLrRateOptions
---@return derny.Schedule
function derny.transformers.get_cosine_with_min_lr_schedule_with_warmup_lr_rate(options) end

---@class derny.TransformersGetWsdScheduleOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field num_warmup_steps number the steps of a rise from 0
---@field num_decay_steps number the steps of the fall
---@field num_training_steps? number the steps of the run; the stable phase has what is left
---@field num_stable_steps? number the steps of the stable phase; goes before num_training_steps
---@field warmup_type? "linear"|"cosine"|"1-sqrt" the form of the rise (default "linear")
---@field decay_type? "linear"|"cosine"|"1-sqrt" the form of the fall (default "cosine")
---@field min_lr_ratio? number the rate at both ends, as a part of lr
---@field num_cycles? number waves of the falling cosine (default 0.5)

---A rise, a plateau, a fall: `lr (r + (1 - r) f): f up over num_warmup_steps, 1 for num_stable_steps, down over num_decay_steps, then 0; r: min_lr_ratio`.
---@param options derny.TransformersGetWsdScheduleOptions
---@return derny.Schedule
function derny.transformers.get_wsd_schedule(options) end

---@class derny.TransformersGetReduceOnPlateauScheduleOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field mode? "min"|"max" less is better, or more is (default "min")
---@field factor? number what lr is multiplied by (default 0.1)
---@field patience? integer observations no better that are put up with (default 10)
---@field threshold? number the least improvement that counts (default 0.0001)
---@field threshold_mode? "rel"|"abs" threshold as a part of the best, or as it is (default "rel")
---@field cooldown? integer observations after a drop that are not counted (default 0)
---@field min_lr? number lr is not lowered below this
---@field eps? number a drop by less than this is not made (default 1e-08)

---Lower lr when a metric stops improving: PyTorch's ReduceLROnPlateau: `lr factor^(times patience + 1 observations in a row were no better)`.
---@param options derny.TransformersGetReduceOnPlateauScheduleOptions
---@return derny.Schedule
function derny.transformers.get_reduce_on_plateau_schedule(options) end

---@class derny.TransformersGreedyLROptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field mode? "min"|"max" less is better, or more is (default "min")
---@field factor? number what lr is multiplied by to fall, and divided by to rise (default 0.95)
---@field patience? integer observations in a row that change nothing yet (default 10)
---@field threshold? number the least improvement that counts (default 1e-06)
---@field threshold_mode? "rel"|"abs" threshold as a part of the best, or as it is (default "abs")
---@field cooldown? integer observations after a fall that are not counted (default 0)
---@field warmup? integer observations after a rise that are not counted (default 0)
---@field min_lr? number lr does not fall below this (default 0.001)
---@field max_lr? number lr does not rise above this (default 1)
---@field eps? number a change by no more than this is not made (default 1e-08)
---@field verbose? boolean without effect here (default false)
---@field smooth? boolean look at the mean of the last window_size observations (default false)
---@field window_size? integer with smooth (default 50)
---@field reset_start? integer falls at min_lr after which it starts anew (default 500)

---Raise lr while a metric improves, lower it when it stops: `lr factor^(times patience + 1 in a row were no better - times they were better)`.
---@param options derny.TransformersGreedyLROptions
---@return derny.Schedule
function derny.transformers.GreedyLR(options) end

---@class derny.TransformersGetGreedyScheduleOptions
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field mode? "min"|"max" less is better, or more is (default "min")
---@field factor? number what lr is multiplied by to fall, and divided by to rise (default 0.95)
---@field patience? integer observations in a row that change nothing yet (default 10)
---@field threshold? number the least improvement that counts (default 1e-06)
---@field threshold_mode? "rel"|"abs" threshold as a part of the best, or as it is (default "abs")
---@field cooldown? integer observations after a fall that are not counted (default 0)
---@field warmup? integer observations after a rise that are not counted (default 0)
---@field min_lr? number lr does not fall below this (default 0.001)
---@field max_lr? number lr does not rise above this (default 1)
---@field eps? number a change by no more than this is not made (default 1e-08)
---@field verbose? boolean without effect here (default false)
---@field smooth? boolean look at the mean of the last window_size observations (default false)
---@field window_size? integer with smooth (default 50)
---@field reset_start? integer falls at min_lr after which it starts anew (default 500)

---Another name of GreedyLR: `lr factor^(times patience + 1 in a row were no better - times they were better)`.
---@param options derny.TransformersGetGreedyScheduleOptions
---@return derny.Schedule
function derny.transformers.get_greedy_schedule(options) end

---@class derny.TransformersGetSchedulerOptions
---@field name "linear"|"cosine"|"cosine_with_restarts"|"polynomial"|"constant"|"constant_with_warmup"|"inverse_sqrt"|"reduce_lr_on_plateau"|"cosine_with_min_lr"|"cosine_warmup_with_min_lr"|"warmup_stable_decay"|"greedy" which schedule
---@field optimizer? derny.TorchOptimizer what it is attached to: lr, and momentum or betas; only on the outermost
---@field num_warmup_steps? number the steps of a rise from 0, where the schedule has one
---@field num_training_steps? number the steps of the run, where the schedule has an end
---@field scheduler_specific_kwargs? table further arguments of the schedule

---Any of the schedules above, by its short name: `that of the schedule it names`.
---@param options derny.TransformersGetSchedulerOptions
---@return derny.Schedule
function derny.transformers.get_scheduler(options) end

-- L. Smith's schedules, in the terms of his Caffe solvers.

derny.smith = {}

---@class derny.SmithOneCycleOptions
---@field base_lr number the rate at the start
---@field max_lr number the rate at the top
---@field stepsize integer the updates of a rise, and of a fall
---@field momentum? number momentum where lr is base_lr; without it the optimizer's own
---@field cyclical_momentum? number|number[] momentum where lr is max_lr, and, second, a stepsize of its own
---@field max_iter? integer without effect: a run has its own length (default 0)

---Up, down to nothing, then a thousandth of where it began: `base_lr up to max_lr over stepsize, down to 0 over stepsize, then base_lr/1000; momentum to cyclical_momentum and back, then half as far`.
---@param options derny.SmithOneCycleOptions
---@return derny.Schedule
function derny.smith.one_cycle(options) end

---@class derny.SmithTriangularOptions
---@field base_lr number the rate at the start
---@field max_lr number the rate at the top
---@field stepsize integer the updates of a rise, and of a fall
---@field momentum? number momentum where lr is base_lr; without it the optimizer's own
---@field cyclical_momentum? number|number[] momentum where lr is max_lr, and, second, a stepsize of its own
---@field max_iter? integer without effect: a run has its own length (default 0)

---Up and down between two rates: `base_lr + (max_lr - base_lr) w; w: 0 to 1 and back over 2 stepsize`.
---@param options derny.SmithTriangularOptions
---@return derny.Schedule
function derny.smith.triangular(options) end

---@class derny.SmithTriangular2Options
---@field base_lr number the rate at the start
---@field max_lr number the rate at the top
---@field stepsize integer the updates of a rise, and of a fall
---@field momentum? number momentum where lr is base_lr; without it the optimizer's own
---@field cyclical_momentum? number|number[] momentum where lr is max_lr, and, second, a stepsize of its own
---@field max_iter? integer without effect: a run has its own length (default 0)

---The same, half as high each time: `base_lr + (max_lr - base_lr) w / 2^n; n: cycles done`.
---@param options derny.SmithTriangular2Options
---@return derny.Schedule
function derny.smith.triangular2(options) end

---@class derny.SmithExpRangeOptions
---@field base_lr number the rate at the start
---@field max_lr number the rate at the top
---@field stepsize integer the updates of a rise, and of a fall
---@field momentum? number momentum where lr is base_lr; without it the optimizer's own
---@field cyclical_momentum? number|number[] momentum where lr is max_lr, and, second, a stepsize of its own
---@field max_iter? integer without effect: a run has its own length (default 0)
---@field gamma number what both bounds are multiplied by at each update

---Up and down between two rates that both fall: `gamma^t (base_lr + (max_lr - base_lr) w)`.
---@param options derny.SmithExpRangeOptions
---@return derny.Schedule
function derny.smith.exp_range(options) end

-- Data sets

---Examples to train on and examples held out. Never changes: methods give new ones.
---@class derny.Dataset
---@field name string
---@field inputs integer
---@field outputs integer classes, or targets of a regression
---@field train_size integer
---@field test_size integer
local Dataset = {}

---Each input to mean 0 and deviation 1 over the training examples; the same map for the test examples.
---@return derny.Dataset
function Dataset:standardise() end

---Training examples in another order.
---@param seed? integer (default 0)
---@return derny.Dataset
function Dataset:shuffle(seed) end

---A random part of the training examples becomes the test examples.
---@param fraction number above 0, below 1
---@param seed? integer (default 0)
---@return derny.Dataset
function Dataset:split(fraction, seed) end

---The first so many of each.
---@param train integer
---@param test? integer (default: all)
---@return derny.Dataset
function Dataset:subset(train, test) end

derny.data = {}

---MNIST, from mnist/ in $DERNY_DATA or $XDG_DATA_HOME/derny (scripts/fetch-data puts it there).
---@return derny.Dataset
function derny.data.mnist() end

---Fashion-MNIST, from fashion-mnist/ in the same folders.
---@return derny.Dataset
function derny.data.fashion_mnist() end

---@class derny.Mnist1dOptions
---@field train? integer (default 4000)
---@field test? integer (default 1000)
---@field seed? integer (default 42)
---@field scale? number (default 0.4)
---@field translation? number (default 48)
---@field shear? number (default 0.75)
---@field noise? number white noise (default 0.02)
---@field correlated_noise? number (default 0.25)

---MNIST-1D: ten classes of 40 inputs, made from a seed.
---Source: S. Greydanus, Scaling down deep learning, 2020, arXiv:2011.14439.
---@param options? derny.Mnist1dOptions
---@return derny.Dataset
function derny.data.mnist1d(options) end

---@class derny.PointsOptions
---@field rows? integer (default 1000)
---@field noise? number
---@field test? number the part held out (default 0.2)
---@field seed? integer (default 1)

---@class derny.SpiralsOptions: derny.PointsOptions
---@field classes? integer arms (default 2)
---@field turns? number of an arm

---@class derny.BlobsOptions: derny.PointsOptions
---@field classes? integer
---@field inputs? integer dimensions (default 2)

---Spiral arms in the plane, one class each.
---@param options? derny.SpiralsOptions
---@return derny.Dataset
function derny.data.spirals(options) end

---Two half circles, one in the bend of the other.
---@param options? derny.PointsOptions
---@return derny.Dataset
function derny.data.moons(options) end

---Two circles, one inside the other.
---@param options? derny.PointsOptions
---@return derny.Dataset
function derny.data.circles(options) end

---Normal clouds, one class each.
---@param options? derny.BlobsOptions
---@return derny.Dataset
function derny.data.blobs(options) end

---@class derny.BowlOptions
---@field inputs? integer (default 10)
---@field rows? integer (default 1000)
---@field condition? number the greatest curvature over the least (default 100)
---@field noise? number of the targets (default 0)
---@field seed? integer (default 1)

---A regression whose loss, for derny.mlp { inputs, 1 }, is a quadratic bowl of that condition number.
---@param options? derny.BowlOptions
---@return derny.Dataset
function derny.data.bowl(options) end

---@class derny.CsvOptions
---@field file string beside the script or under a data folder; may also stand first, without its name
---@field target? string|integer a column's name, or its number from 1 (default: the last)
---@field task? "classify"|"regress" (default "classify")
---@field test? number the part held out (default 0.2)
---@field seed? integer of that choice (default 0)

---Comma separated values, gzipped or not, with or without a line of names.
---@param options derny.CsvOptions|string
---@return derny.Dataset
function derny.data.csv(options) end

---@class derny.IdxOptions
---@field train_images string
---@field train_labels string
---@field test_images? string
---@field test_labels? string

---IDX files, as MNIST's, gzipped or not.
---@param options derny.IdxOptions
---@return derny.Dataset
function derny.data.idx(options) end

---@class derny.NpzOptions
---@field file string may also stand first, without its name
---@field x? string the array of inputs (default "x")
---@field y? string the array of labels or targets (default "y")
---@field x_test? string
---@field y_test? string

---Arrays of a NumPy .npz.
---@param options derny.NpzOptions|string
---@return derny.Dataset
function derny.data.npz(options) end

---@class derny.NpyOptions
---@field x string
---@field y string
---@field x_test? string
---@field y_test? string

---NumPy .npy files.
---@param options derny.NpyOptions
---@return derny.Dataset
function derny.data.npy(options) end

-- Networks and optimizers

---A multi-layer perceptron, not yet with weights. print() says what it is.
---@class derny.Model
local Model = {}

---How many weights and biases it has.
---@return integer
function Model:parameters() end

---@class derny.MlpOptions
---@field [integer] integer widths: inputs, hidden layers, outputs
---@field activation? "identity"|"relu"|"leaky_relu"|"tanh"|"sigmoid"|"gelu"|"selu" of hidden layers (default "relu")
---@field init? "he_normal"|"he_uniform"|"glorot_normal"|"glorot_uniform"|"lecun_normal"|"lecun_uniform"|"torch"|derny.Weights (default "torch")
---@field dropout? number of hidden units (default 0)

---@param options derny.MlpOptions
---@return derny.Model
function derny.mlp(options) end

---Weights from a file. print() says of which network.
---@class derny.Weights

---The weights of a network, for derny.mlp { init = ... }: from a safetensors file beside the script or in a data folder, as `derny run
---SCRIPT --weights FILE` writes it, or PyTorch's safetensors.torch.save_file of an nn.Sequential with Linear layers.
---@param file string
---@return derny.Weights
function derny.weights(file) end

---A rule for updates. A schedule that moves momentum overrules its momentum.
---@class derny.Optimizer

---@class derny.SgdOptions
---@field momentum? number (default 0.9)
---@field nesterov? boolean (default false)
---@field dialect? "torch"|"caffe"|"dampened" v = m v + g; v = m v + lr g; v = m v + (1 - m) g (default "torch")
---@field weight_decay? number (default 0)
---@field decoupled? boolean weight decay apart from the gradient (default false)
---@field clip_norm? number the gradient's norm at most; 0: any (default 0)

---Stochastic gradient descent with momentum: the default.
---@param options? derny.SgdOptions
---@return derny.Optimizer
function derny.sgd(options) end

---@class derny.AdamOptions
---@field beta1? number what momentum is for Adam (default 0.9)
---@field beta2? number (default 0.999)
---@field eps? number (default 1e-8)
---@field weight_decay? number (default 0; of adamw 0.01)
---@field clip_norm? number (default 0)

---Source: D. Kingma and J. Ba, 2014, arXiv:1412.6980.
---@param options? derny.AdamOptions
---@return derny.Optimizer
function derny.adam(options) end

---Weight decay apart from the gradient. Source: I. Loshchilov and F. Hutter, 2017, arXiv:1711.05101.
---@param options? derny.AdamOptions
---@return derny.Optimizer
function derny.adamw(options) end

-- Runs

---@class derny.RunOptions
---@field name? string (default: the script's)
---@field data derny.Dataset
---@field model derny.Model
---@field schedule derny.AnySchedule
---@field optimizer? derny.Optimizer (default derny.sgd {})
---@field loss? "cross_entropy"|"mse" (default: by the data)
---@field label_smoothing? number (default 0)
---@field batch? integer (default 32)
---@field epochs? number how long: these, or steps
---@field steps? integer how long: these updates, or epochs
---@field seed? integer of weights, batches and dropout (default: --seed, or 0)
---@field drop_last? boolean drop an epoch's last, smaller batch (default false)
---@field eval_every? integer|string updates between scores on the test examples, or "5 epochs", or "end" (default "epoch")
---@field on_epoch? fun(e: derny.Event): boolean? called after each epoch; return false to stop
---@field threads? integer of the matrix products; moves no bit (default 1)
---@field lint? boolean warn of what is probably not meant in the schedules (default true)

---What on_epoch is told.
---@class derny.Standing
---@field name string
---@field status derny.Status
---@field lr number of the last update
---@field momentum number of the last update
---@field loss number of the last update's batch
---@field train_loss number the mean over the epoch
---@field test_loss? number
---@field test_accuracy? number

---@class derny.Event: derny.Standing
---@field epoch integer epochs done
---@field step integer updates done
---@field steps integer updates in all
---@field runs derny.Standing[] every rider of a race

---@alias derny.Status "running"|"done"|"diverged"|"stopped"|"failed"

---@class derny.Score
---@field step integer updates made before it
---@field loss number
---@field accuracy? number

---@class derny.Result
---@field name string
---@field status derny.Status
---@field error? string why it failed
---@field updates integer
---@field steps integer planned updates
---@field epoch_steps integer
---@field seconds number in updates and scores
---@field updates_per_second number
---@field train_loss number the mean over the last epoch
---@field test_loss? number
---@field test_accuracy? number 0 to 1
---@field scores derny.Score[]
---@field lr derny.Series
---@field momentum derny.Series
---@field loss derny.Series

---One value an update, from 1: series[1], #series.
---@class derny.Series
---@operator len: integer
---@field [integer] number
local Series = {}

---@param from? integer (default 1)
---@param to? integer (default: the last)
---@return number
function Series:mean(from, to) end

---The least and the greatest finite value.
---@param from? integer
---@param to? integer
---@return number least
---@return number greatest
function Series:range(from, to) end

---@param from? integer
---@param to? integer
---@return number[]
function Series:table(from, to) end

---Trains one network. A schedule that fails is an error; a loss that stops being finite is a result.
---@param options derny.RunOptions
---@return derny.Result
function derny.train(options) end

---@class derny.RaceOptions: derny.RunOptions
---@field riders? table<string, derny.AnySchedule> beside any other name in the table itself that has a schedule

---@class derny.RaceResults
---@field best derny.Result the best test accuracy
---@field [integer] derny.Result in the order of the riders' names
---@field [string] derny.Result

---Trains the same network under several schedules: same initial weights, same batches, in lock-step.
---@param options derny.RaceOptions
---@return derny.RaceResults
function derny.race(options) end

---@class derny.RangeTestOptions
---@field seed? integer of the first ramp; the others' follow it (default: --seed, or 0; of a run its own)
---@field name? string what the ramps are called (default "range test")
---@field from? number the rate of the first update (default 1e-6)
---@field to? number the rate of the last update (default 10)
---@field steps? integer updates, 20 or more (default 100)
---@field spacing? "exponential"|"linear" rates rise by equal ratios or equal differences (default "exponential")
---@field seeds? integer ramps in lock-step, 1 to 64 (default 5)
---@field smoothing? number weight of the past in the smoothed loss, bias-corrected (default 0.98)
---@field stop? number a ramp ends when its smoothed loss is above so many times its least (default 4)

---Each ramp has weights and batches of its own.
---@class derny.FindOptions: derny.RangeTestOptions
---@field data derny.Dataset
---@field model derny.Model
---@field optimizer? derny.Optimizer (default derny.sgd {})
---@field loss? "cross_entropy"|"mse" (default: by the task)
---@field label_smoothing? number (default 0)
---@field batch? integer (default 32)
---@field drop_last? boolean (default false)
---@field threads? integer of BLIS; moves no bit (default 1)
---@field try? boolean|integer|string a one-cycle run with each suggestion: true (some 300 updates), updates, or "5 epochs"

---What one seed's ramp gave; a suggestion is nil where the rule has none.
---@class derny.FoundSeed
---@field seed integer
---@field lr derny.Series
---@field loss derny.Series of each batch, before its update
---@field smooth number[] the smoothed loss
---@field valley? number
---@field steepest? number
---@field minimum? number
---@field slide? number
---@field diverges? number

---@class derny.FoundSpread
---@field least number
---@field greatest number
---@field seeds integer that have a value

---@class derny.FoundRider
---@field pick string the rule
---@field max_lr number
---@field mean? number over the seeds that finished
---@field std? number of the sample
---@field done integer runs that finished
---@field wins integer seeds in which it was the best

---@class derny.FoundTrial
---@field by "test accuracy"|"test loss"|"train loss"
---@field steps integer updates of each run
---@field [integer] derny.FoundRider

---What a range test found: each suggestion is the median over the seeds. print() shows a table.
---@class derny.Found
---@field valley? number half way along the longest fall of the loss (fastai's default)
---@field steepest? number where the loss falls fastest over log lr, before its least
---@field minimum? number a tenth of where the loss is least
---@field slide? number before the slope begins to swing
---@field diverges? number from here on no batch's loss came half way down again; nil: it never got out of hand
---@field spread table<string, derny.FoundSpread> of each of the five
---@field lr number[] the rates
---@field loss number[] at each, the mean of the smoothed losses; a seed that has diverged keeps its last
---@field least number[] the least of them
---@field lower number[] their lower quartile
---@field upper number[] their upper quartile
---@field greatest number[] the greatest of them
---@field seeds derny.FoundSeed[]
---@field trial? derny.FoundTrial how each suggestion did, where asked for
---@field best? number the suggestion that did best in the trial
---@field winner? string its rule
---@field summary string what print() shows

---The learning-rate range test: lr rises from far too low to far too high, over networks of its own. The suggestions are
---fastai's rules, each with its spread over the seeds; they differ by a factor of ten and more, and try says which is best.
---Source: L. Smith, Cyclical Learning Rates, 2017, arXiv:1506.01186; fastai, callback/schedule.py.
---@param options derny.FindOptions
---@return derny.Found
function derny.find_lr(options) end

---@class derny.FindValueOptions: derny.FindOptions
---@field values? number[] 2 to 16 to compare (default: 0 to 0.99 for momentum, 0 to 0.01 for weight decay)
---@field pick? "valley"|"steepest"|"minimum"|"slide" the suggestion each is tried at (default "steepest")

---@class derny.FoundValueEntry
---@field value number
---@field max_lr? number what the pick suggests for it
---@field mean? number in the trial, over the seeds that finished
---@field std? number
---@field done integer
---@field wins integer
---@field found derny.Found its range test

---Values compared, each at its own lr. print() shows a table.
---@class derny.FoundValue
---@field best? number the value that did best
---@field max_lr? number its lr
---@field by "test accuracy"|"test loss"|"train loss"
---@field steps integer updates of each run of the trial
---@field summary string what print() shows
---@field [integer] derny.FoundValueEntry

---Which momentum (of Adam: beta 1): a range test with each value, then a one cycle up to the lr it suggests, momentum held.
---A ramp of momentum itself says nothing, and each value has an lr of its own.
---Source: L. Smith, A disciplined approach, 2018, arXiv:1803.09820, section 4.3.
---@param options derny.FindValueOptions
---@return derny.FoundValue
function derny.find_momentum(options) end

---Which weight decay, in the same way. Source: section 4.4 there.
---@param options derny.FindValueOptions
---@return derny.FoundValue
function derny.find_weight_decay(options) end

---A run whose loop is the script's. Closing it early stops it; `<close>` does so at the end of the block.
---@class derny.Run
---@field updates integer made so far
---@field steps integer in all
---@field epoch_steps integer
local Run = {}

---@param options derny.RunOptions
---@return derny.Run
function derny.open(options) end

---Whether there is an update left to make.
---@return boolean
function Run:more() end

---One update: its batch's loss before it, and what it used. Nothing once the run is over.
---@return number? loss
---@return number? lr
---@return number? momentum
function Run:step() end

---Ends the run as "stopped" at the next step.
function Run:stop() end

---@param split? "test"|"train" (default "test")
---@return number loss
---@return number? accuracy
function Run:score(split) end

---@return derny.Result
function Run:result() end

---A copy of a layer's weights [in + 1 x out], biases last.
---@param layer integer from 1
---@return derny.Tensor
function Run:weights(layer) end

---@param layer integer
---@param weights derny.Tensor
function Run:set_weights(layer, weights) end

---A range test that begins where the run stands: with its weights, its optimizer's state, and batches of each seed's own. The
---run itself is not touched.
---@param options? derny.RangeTestOptions
---@return derny.Found
function Run:find_lr(options) end

---Class probabilities, or a regression's outputs, one row for each row of inputs.
---@param inputs derny.Tensor
---@return derny.Tensor
function Run:predict(inputs) end

function Run:close() end

-- Doing again what was done by hand

---Something that a person did to the runs of a script. Races and lanes count from 1, in the order they begin.
---@class derny.Edit
---@field step integer the lane's update from which it holds (of rewind, pause and the like: of the lane furthest ahead), from 0
---@field act "pause"|"go"|"advance"|"speed"|"stop"|"bend"|"rewind"|"fork"|"cool" what
---@field race? integer which of the script's runs and races (default 1)
---@field moment? integer updates that the race had made until then, also those it went back behind; where it is not given, the step says when
---@field lane? integer of stop (default all, and no further run begins), bend, fork and cool; forks are numbered on
---@field channel? "lr"|"momentum" of bend
---@field curve? string of bend: what the channel follows from then on, as print(schedule:keyframes(n)) writes it: "keys 0:0.1, 400:0 cosine"
---@field to? integer of rewind: the update that the race goes back to
---@field from? integer of fork: the update at which the new lane parts from its own
---@field updates? integer of advance: how many, before it paused; of cool: how many until the rate is 0
---@field per_second? number of speed: updates at most

---@class derny.ReplayOptions
---@field edits derny.Edit[] in the order they were done
---@field script? string the file that runs without a name are called after
---@field seed? integer as --seed
---@field options? table<string, string|number|boolean> as --set NAME=VALUE

---Does again what a person did while the script behind it ran: `derny run SCRIPT --record FILE.lua` writes it. The tapes are the
---same bits; pauses and speed limits are kept as edits, and nobody waits. Comes before the first run.
---@param options derny.ReplayOptions
function derny.replay(options) end

-- Options and helpers

---What --set name=value says, converted to the default's type, or the default.
---@generic T: number|string|boolean
---@param name string
---@param default T
---@return T
function derny.option(name, default) end

---n values from `from` to `to`, at equal distances.
---@param from number
---@param to number
---@param n integer
---@return number[]
function derny.lin_range(from, to, n) end

---n values from `from` to `to`, at equal factors.
---@param from number
---@param to number
---@param n integer
---@return number[]
function derny.log_range(from, to, n) end

---A caption for whoever watches the window, and a mark on the curves: now, or at that update of every run from here on.
---@param text string cut at a hundred bytes in the picture
---@param options? {at: integer} updates made before it
function derny.say(text, options) end

---@class derny.Range what a random or latin sweep draws values of

---Any number between the two, for a random or latin sweep.
---@param from number
---@param to number
---@return derny.Range
function derny.between(from, to) end

---The same, every factor as likely as every other.
---@param from number above 0
---@param to number
---@return derny.Range
function derny.log_between(from, to) end

---@class derny.SweepOptions
---@field name? string what its runs are found under in the store (default "sweep")
---@field over? table<string, any[]|derny.Range> parameters and their values; or:
---@field points? table<string, any>[] the points themselves
---@field method? "grid"|"random"|"latin" every combination (the default), n at random, or n that meet each n-th part of every axis once
---@field n? integer points that a random or latin sweep draws
---@field seed? integer of what it draws (default 1)
---@field seeds? integer|integer[] each point is trained with each: how many, or which (default one)
---@field run fun(point: table<string, any>): derny.RunOptions what to train for a point; point.seed is the run's seed unless it names another

---@class derny.SweepResult
---@field point table<string, any>
---@field status "done"|"diverged"|"failed"
---@field id string
---@field updates integer
---@field seconds? number
---@field train_loss? number
---@field test_loss? number
---@field test_accuracy? number
---@field error? string of one that failed

---@class derny.SweepResults
---@field [integer] derny.SweepResult in the order of points and seeds
---@field best? derny.SweepResult the best test accuracy, or else the least loss

---One run for each point and each seed, on all processors (`derny run --jobs N`), each kept in the store as it ends. A point that
---is kept already is not trained again, so a sweep that was interrupted goes on where it was. Every lab runs the whole script:
---what comes before a sweep is done by each of them.
---@param options derny.SweepOptions
---@return derny.SweepResults
function derny.sweep(options) end

---Mean and sample standard deviation.
---@param values number[]
---@return number mean
---@return number std
function derny.mean_std(values) end

-- Tensors

---A small float32 matrix; rows and columns count from 1, and from the end below 0. + - * / ^ work element by element, a
---number or an axis of length 1 going with any other; == compares shape and elements; #t is its rows.
---@class derny.Tensor
---@operator add(derny.Tensor|number): derny.Tensor
---@operator sub(derny.Tensor|number): derny.Tensor
---@operator mul(derny.Tensor|number): derny.Tensor
---@operator div(derny.Tensor|number): derny.Tensor
---@operator pow(derny.Tensor|number): derny.Tensor
---@operator unm: derny.Tensor
---@operator len: integer
---@field rows integer
---@field cols integer
local Tensor = {}

---@param row integer
---@param col integer
---@return number
function Tensor:get(row, col) end

---@param row integer
---@param col integer
---@param value number
function Tensor:set(row, col, value) end

---A copy of one row.
---@param row integer
---@return derny.Tensor
function Tensor:row(row) end

---A copy of one column.
---@param col integer
---@return derny.Tensor
function Tensor:col(col) end

---A copy of a block.
---@param first_row integer
---@param last_row integer
---@param first_col? integer
---@param last_col? integer
---@return derny.Tensor
function Tensor:slice(first_row, last_row, first_col, last_col) end

---A table of rows.
---@return number[][]
function Tensor:totable() end

---The matrix product.
---@param other derny.Tensor
---@return derny.Tensor
function Tensor:matmul(other) end

---@return derny.Tensor
function Tensor:transpose() end

---f of each element.
---@param f fun(x: number): number
---@return derny.Tensor
function Tensor:map(f) end

---@return number
function Tensor:sum() end

---@return number
function Tensor:mean() end

---@return number
function Tensor:min() end

---@return number
function Tensor:max() end

---derny.tensor { {1, 2}, {3, 4} } or derny.tensor(rows, cols [, value or function of row and column]).
---@overload fun(rows: number[][]|number[]): derny.Tensor
---@overload fun(rows: integer, cols: integer, fill?: number|fun(row: integer, col: integer): number): derny.Tensor
derny.tensor = {}

---@param rows integer
---@param cols integer
---@return derny.Tensor
function derny.tensor.zeros(rows, cols) end

---@param rows integer
---@param cols integer
---@return derny.Tensor
function derny.tensor.ones(rows, cols) end

---The identity.
---@param n integer
---@return derny.Tensor
function derny.tensor.eye(n) end

---Uniform over [0, 1), from the script's own random numbers.
---@param rows integer
---@param cols integer
---@return derny.Tensor
function derny.tensor.rand(rows, cols) end

---Standard normal.
---@param rows integer
---@param cols integer
---@return derny.Tensor
function derny.tensor.randn(rows, cols) end

---One row of n numbers, both ends included.
---@param from number
---@param to number
---@param n integer
---@return derny.Tensor
function derny.tensor.linspace(from, to, n) end

return derny
