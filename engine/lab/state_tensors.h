/* state_tensors.h - all of a race's state as named tensors, and back: what a checkpoint has to hold of it.
 *
 * The weights under the names they have in weights_file.h, so that a checkpoint of one lane is read as weights by others who pick them;
 * the optimizer's state under PyTorch's names for it ("optimizer.0.weight.momentum_buffer", of Adam exp_avg and exp_avg_sq); of
 * further lanes the same behind "lane.1.", ... What is no tensor (updates made, random streams) is in texts.
 * A race that was put back goes on with the same bits, on the same kind of processor.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "learn/race.h"
#include "record/safetensors.h"

/* Fills *what with copies in `arena`. Fails when memory is short. */
bool dy_state_store(dy_race *race, dy_safetensors *what, dy_arena *arena, dy_error *err);

/* Puts a race back; nothing has changed where it fails: when the state is of another race (its data, network, loss, optimizer,
 * batches or seed differ, or it has other lanes), or is not whole; says what is missing. *same_kernels: whether it was saved where
 * products round as they do here. */
bool dy_state_load(dy_race *race, const dy_safetensors *what, bool *same_kernels,
                   dy_error *err);
