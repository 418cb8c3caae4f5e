/* pixels.c - what a screen shows, in numbers: reads the frame buffer that Xvfb -fbdir keeps as an XWD file.
 *
 *   pixels FILE at X Y                  "15181d": that pixel
 *   pixels FILE count X Y W H RRGGBB D  how many pixels of the box are that colour, each channel at most D off
 *   pixels FILE other X Y W H RRGGBB D  how many are another
 *   pixels FILE sum X Y W H             a number that is another where the box shows something else
 *
 * For tests only: it trusts the file. SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Words of the header, each 32 bits, the most significant byte first. */
enum { HEADER_SIZE = 0, WIDTH = 4, HEIGHT = 5, BITS = 11, LINE = 12, COLOURS = 19, WORDS = 25 };

static const unsigned char *screen;
static uint32_t header[WORDS];
static const unsigned char *pixels;

static uint32_t word(int i)
{
    const unsigned char *b = screen + 4 * i;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static void load(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) exit(90);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    unsigned char *bytes = malloc((size_t)size);
    if (!bytes || fread(bytes, 1, (size_t)size, file) != (size_t)size) exit(91);
    fclose(file);
    screen = bytes;
    for (int i = 0; i < WORDS; i++) header[i] = word(i);
    if (header[BITS] != 32) exit(92);
    pixels = screen + header[HEADER_SIZE] + 12 * header[COLOURS];
}

static uint32_t at(int x, int y)
{
    if (x < 0 || y < 0 || (uint32_t)x >= header[WIDTH] || (uint32_t)y >= header[HEIGHT])
        return 0;
    const unsigned char *p = pixels + (size_t)y * header[LINE] + 4 * (size_t)x;
    return (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static int is_near(uint32_t a, uint32_t b, int most)
{
    for (int shift = 0; shift < 24; shift += 8)
        if (abs((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff)) > most) return 0;
    return 1;
}

static int number(const char *text)
{
    return (int)strtol(text, NULL, 10);
}

static long count(char **box, uint32_t colour, int most)
{
    long n = 0;
    int x0 = number(box[0]), y0 = number(box[1]), w = number(box[2]), h = number(box[3]);
    for (int y = y0; y < y0 + h; y++)
        for (int x = x0; x < x0 + w; x++) n += is_near(at(x, y), colour, most);
    return n;
}

static uint64_t sum(char **box)
{
    uint64_t hash = 14695981039346656037U; /* FNV-1a */
    int x0 = number(box[0]), y0 = number(box[1]), w = number(box[2]), h = number(box[3]);
    for (int y = y0; y < y0 + h; y++)
        for (int x = x0; x < x0 + w; x++) hash = (hash ^ at(x, y)) * 1099511628211U;
    return hash;
}

int main(int argc, char **argv)
{
    if (argc < 5) return 2;
    load(argv[1]);
    const char *what = argv[2];
    char **box = argv + 3;
    if (strcmp(what, "at") == 0) {
        printf("%06x\n", (unsigned)at(number(box[0]), number(box[1])));
    } else if (strcmp(what, "sum") == 0 && argc == 7) {
        printf("%016" PRIx64 "\n", sum(box));
    } else if (argc == 9) {
        long n = count(box, (uint32_t)strtoul(argv[7], NULL, 16), number(argv[8]));
        long all = (long)number(box[2]) * number(box[3]);
        printf("%ld\n", strcmp(what, "other") == 0 ? all - n : n);
    } else {
        return 2;
    }
    return 0;
}
