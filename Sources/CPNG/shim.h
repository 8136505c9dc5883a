#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <png.h>

/* Reading through libpng's row interface, which reports errors by longjmp and so cannot be
   called from Swift. The simplified interface will not do: it applies the file's gamma. */

enum { CONVSCOPE_PNG_MESSAGE_SIZE = 128 };

struct convscope_png_source {
  const uint8_t *bytes;
  size_t remaining;
};

static inline void convscope_png_read(png_structp png, png_bytep output, size_t count) {
  struct convscope_png_source *source = (struct convscope_png_source *)png_get_io_ptr(png);
  if (count > source->remaining) {
    png_error(png, "it ends too early");
  }
  memcpy(output, source->bytes, count);
  source->bytes += count;
  source->remaining -= count;
}

static inline void convscope_png_error(png_structp png, png_const_charp message) {
  char *kept = (char *)png_get_error_ptr(png);
  strncpy(kept, message, CONVSCOPE_PNG_MESSAGE_SIZE - 1);
  kept[CONVSCOPE_PNG_MESSAGE_SIZE - 1] = 0;
  png_longjmp(png, 1);
}

static inline void convscope_png_warning(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

/* Decodes a PNG file to 8-bit grey (channels 1) or RGB (channels 3): palettes and small
   depths expanded, the upper 8 of 16 bits kept, transparency dropped, no gamma applied.
   `output` holds height rows of width * channels bytes; sizes are those of the file's
   header. Returns 0, or 1 with a sentence part in `message`
   (CONVSCOPE_PNG_MESSAGE_SIZE bytes). */
static inline int convscope_png_decode(
    const uint8_t *bytes, size_t count, uint32_t width, uint32_t height, int channels,
    uint8_t *output, char *message) {
  struct convscope_png_source source = {bytes, count};
  png_structp png = png_create_read_struct(
      PNG_LIBPNG_VER_STRING, message, convscope_png_error, convscope_png_warning);
  if (png == NULL) {
    strcpy(message, "out of memory");
    return 1;
  }
  png_infop info = png_create_info_struct(png);
  if (info == NULL || setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return 1;
  }
  png_set_read_fn(png, &source, convscope_png_read);
  png_set_user_limits(png, width, height);
  png_read_info(png, info);
  if (png_get_image_width(png, info) != width || png_get_image_height(png, info) != height) {
    png_error(png, "its header is inconsistent");
  }
  png_set_palette_to_rgb(png);
  png_set_expand_gray_1_2_4_to_8(png);
  png_set_strip_16(png);
  png_set_strip_alpha(png);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size_t rowSize = (size_t)width * (size_t)channels;
  if (png_get_rowbytes(png, info) != rowSize) {
    png_error(png, "its header is inconsistent");
  }
  for (int pass = 0; pass < passes; ++pass) {
    for (uint32_t row = 0; row < height; ++row) {
      png_read_row(png, output + row * rowSize, NULL);
    }
  }
  png_destroy_read_struct(&png, &info, NULL);
  return 0;
}
