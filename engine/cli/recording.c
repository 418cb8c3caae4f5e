/* recording.c - see recording.h.   SPDX-License-Identifier: MIT */
#include "cli/recording.h"

#include "base/text.h"
#include "record/outfile.h"
#include "schedule/curve_pack.h"

#include <inttypes.h>
#include <string.h>

/* As Lua reads it: printable bytes as they are, all others by number. */
static void write_quoted(FILE *out, const char *text)
{
    fputc('"', out);
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (*at == '"' || *at == '\\')
            fprintf(out, "\\%c", *at);
        else if (*at < ' ' || *at == 0x7f)
            fprintf(out, "\\%03d", *at);
        else
            fputc(*at, out);
    }
    fputc('"', out);
}

/* On a line of its own: a name must not end it. */
static void write_comment(FILE *out, const char *text)
{
    for (; *text; text++) fputc((unsigned char)*text < ' ' ? ' ' : *text, out);
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* --- edits ----------------------------------------------------------------------------------------------------- */

static void write_real(FILE *out, const char *name, double x)
{
    char text[32];
    fprintf(out, ", %s = %s", name, dy_format_real(text, sizeof text, x));
}

static void write_count(FILE *out, const char *name, int64_t n)
{
    fprintf(out, ", %s = %" PRId64, name, n);
}

/* The curve of a bend, from bytes that a lab wrote: a recording with a hole would be another session. */
static bool write_curve(FILE *out, const dy_order *edit, const void *bytes, size_t n,
                        dy_error *err)
{
    dy_arena arena = dy_arena_make(0);
    dy_curve curve;
    bool ok = dy_curve_unpack(&curve, &arena, bytes, n, err);
    if (ok) {
        fprintf(out, ", channel = \"%s\", curve = \"",
                edit->channel == DY_LR ? "lr" : "momentum");
        dy_curve_print(&curve, out);
        fputc('"', out);
    }
    dy_arena_close(&arena);
    return ok;
}

static bool write_details(FILE *out, const dy_order *edit, const void *bytes, size_t n,
                          dy_error *err)
{
    if (edit->lane >= 0) write_count(out, "lane", (int64_t)edit->lane + 1);
    switch (edit->act) {
    case DY_ACT_COOL:
    case DY_ACT_ADVANCE: write_count(out, "updates", edit->count); break;
    case DY_ACT_SPEED: write_real(out, "per_second", edit->value); break;
    case DY_ACT_REWIND: write_count(out, "to", edit->count); break;
    case DY_ACT_FORK: write_count(out, "from", edit->count); break;
    case DY_ACT_BEND: return write_curve(out, edit, bytes, n, err);
    default: break;
    }
    return true;
}

/* The run that the edit is about, for whoever reads. */
static void write_remark(FILE *out, const dy_order *edit, const dy_board *board)
{
    dy_run_view run;
    if (edit->run < 0 || !dy_board_run(board, edit->run, &run)) return;
    fputs(" -- ", out);
    write_comment(out, run.card->name);
}

static bool write_edit(FILE *out, const dy_order *edit, const void *bytes, size_t n,
                       const dy_board *board, dy_error *err)
{
    fprintf(out, "    { race = %d, step = %" PRId64, (int)edit->race + 1, edit->step);
    if (edit->moment != edit->step) write_count(out, "moment", edit->moment);
    fprintf(out, ", act = \"%s\"", dy_act_name(edit->act));
    if (!write_details(out, edit, bytes, n, err)) return false;
    fputs(" },", out);
    write_remark(out, edit, board);
    fputc('\n', out);
    return true;
}

static bool write_edits(FILE *out, const dy_board *board, dy_error *err)
{
    dy_log_reader reader = dy_board_edits(board);
    dy_order edit;
    const void *bytes;
    size_t n;
    fputs("  edits = {\n", out);
    while (dy_log_next(&reader, &edit, &bytes, &n))
        if (edit.act != DY_ACT_PLAN && !write_edit(out, &edit, bytes, n, board, err))
            return false;
    fputs("  },\n", out);
    return true;
}

/* --- what was said on the command line ------------------------------------------------------------------------- */

static void write_options(FILE *out, const dy_run_options *options)
{
    if (options->has_seed) fprintf(out, "  seed = %" PRIu64 ",\n", options->seed);
    if (options->n_settings == 0) return;
    fputs("  options = {\n", out);
    for (int i = 0; i < options->n_settings; i++) {
        fputs("    [", out);
        write_quoted(out, options->settings[i].name);
        fputs("] = ", out);
        write_quoted(out, options->settings[i].value);
        fputs(",\n", out);
    }
    fputs("  },\n", out);
}

/* --- the script ------------------------------------------------------------------------------------------------ */

/* What only the beginning of a file may have goes: a byte order mark, and a first line for the shell. */
static void write_script(FILE *out, const char *text)
{
    if (strncmp(text, "\xef\xbb\xbf", 3) == 0) text += 3;
    if (*text == '#') fputs("--", out);
    fputs(text, out);
}

static bool write_all(FILE *out, const dy_run_options *options, const dy_board *board,
                      dy_error *err)
{
    const char *name = file_name(options->script);
    fputs("-- What a person did while ", out);
    write_comment(out, name);
    fputs(" ran, and that script behind it. `derny run` on this file does it again, bit for "
          "bit.\n"
          "require \"derny\".replay {\n  script = ",
          out);
    write_quoted(out, name);
    fputs(",\n", out);
    write_options(out, options);
    if (!write_edits(out, board, err)) return false;
    fputs("};\n\n-- ", out);
    write_comment(out, name);
    fputs(":\n", out);
    write_script(out, options->text);
    return true;
}

bool dy_recording_write(const char *path, const dy_run_options *options, const dy_board *board,
                        dy_error *err)
{
    if (!options->text) return dy_fail(err, "%s: %s could not be kept", path, options->script);
    dy_outfile file;
    if (!dy_outfile_open(&file, path, err)) return false;
    if (!write_all(file.file, options, board, err)) {
        dy_outfile_drop(&file);
        return dy_fail_in(err, "%s", path);
    }
    return dy_outfile_keep(&file, err);
}
