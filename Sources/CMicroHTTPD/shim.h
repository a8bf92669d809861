// libmicrohttpd: the variadic calls, fixed to what the server uses.
#pragma once
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdarg.h>
#include <microhttpd.h>

static void dulcet_mhd_silence(void *ctx, const char *fmt, va_list ap) { (void)ctx; (void)fmt; (void)ap; }
static inline struct MHD_Daemon *dulcet_mhd_start(
    unsigned flags, int listen_socket, unsigned connection_limit, unsigned connections_per_address,
    unsigned timeout_seconds, size_t connection_memory, MHD_AccessHandlerCallback handler, void *context,
    MHD_RequestCompletedCallback completed) {
  return MHD_start_daemon(
      flags, 0, 0, 0, handler, context, MHD_OPTION_EXTERNAL_LOGGER, dulcet_mhd_silence, (void *)0,
      MHD_OPTION_LISTEN_SOCKET, listen_socket, MHD_OPTION_CONNECTION_LIMIT, connection_limit,
      MHD_OPTION_PER_IP_CONNECTION_LIMIT, connections_per_address, MHD_OPTION_CONNECTION_TIMEOUT, timeout_seconds,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, connection_memory, MHD_OPTION_NOTIFY_COMPLETED, completed, context,
      MHD_OPTION_END);
}

/// The other end's address; it lives as long as the connection.
static inline const struct sockaddr *dulcet_mhd_address(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return info ? info->client_addr : 0;
}

enum : int { DULCET_MHD_END_WITH_ERROR = -2, DULCET_MHD_END_OF_STREAM = -1 };
