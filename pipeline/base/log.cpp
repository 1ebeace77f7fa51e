#include "base/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

namespace capsule {

void set_log_level(LogLevel level) {
  auto logger =
      std::make_shared<spdlog::logger>("capsule", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
  logger->set_pattern("%H:%M:%S.%e %v");
  logger->set_level(level == LogLevel::kVerbose ? spdlog::level::debug : spdlog::level::off);
  spdlog::set_default_logger(std::move(logger));
}

void log_debug(std::string_view text) {
  spdlog::debug("{}", text);
}

}  // namespace capsule
