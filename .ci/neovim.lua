-- beian lsp in Neovim (0.7 or later), asked for what a person asks for: diagnostics, hover,
-- lens, quick fix, report. It exits with 1 if one is missing.
--
--   BEIAN=… PROGRAM=… FILE=… nvim --headless --clean -S .ci/neovim.lua
--
-- PROGRAM is a mini program; its FILE collects a phone number.
local beian, program, file = vim.env.BEIAN, vim.env.PROGRAM, vim.env.FILE

local function fail(what)
  io.stderr:write('neovim: ' .. what .. '\n')
  vim.cmd('cquit 1')
end

local function check()
  vim.filetype.add({ extension = { wxml = 'wxml' } })
  vim.cmd('edit ' .. vim.fn.fnameescape(program .. '/' .. file))
  local id = vim.lsp.start_client({
    name = 'beian', cmd = { beian, 'lsp' }, root_dir = program, cmd_env = { LANG = 'zh_CN.UTF-8' },
    workspace_folders = { { uri = vim.uri_from_fname(program), name = program } },
  })
  assert(vim.lsp.buf_attach_client(0, id), 'the server does not start')
  local phone
  assert(vim.wait(20000, function()
    for _, d in ipairs(vim.diagnostic.get(0)) do
      if d.code == 'field/phone' or (d.user_data and d.user_data.lsp and d.user_data.lsp.code == 'field/phone') then phone = d end
    end
    return phone ~= nil
  end), 'no diagnostic')
  vim.api.nvim_win_set_cursor(0, { phone.lnum + 1, phone.col })

  local function ask(method, params)
    local answers = vim.lsp.buf_request_sync(0, method, params, 20000)
    local answer = answers and answers[id]
    assert(answer and answer.result and not answer.error, method .. ': ' .. vim.inspect(answers))
    return answer.result
  end
  local here = vim.lsp.util.make_position_params()
  assert(ask('textDocument/hover', here).contents.value:find('field/phone', 1, true), 'no hover')
  local lenses = ask('textDocument/codeLens', { textDocument = here.textDocument })
  assert(lenses[1].command.title:find('手机号', 1, true), 'no lens')
  local range = { start = here.position, ['end'] = here.position }
  local actions = ask('textDocument/codeAction', { textDocument = here.textDocument, range = range, context = { diagnostics = {} } })
  local edit
  for _, action in ipairs(actions) do
    if action.edit and not edit then edit = action.edit end
  end
  vim.lsp.util.apply_workspace_edit(edit, 'utf-16')
  assert(vim.api.nvim_buf_get_lines(0, phone.lnum, phone.lnum + 2, false)[1]:find('beian-accept field/phone', 1, true), 'no comment')
  local report = ask('workspace/executeCommand', { command = 'beian.openReport', arguments = { vim.uri_from_bufnr(0), 'text' } })
  assert(report:find('须备案', 1, true), 'no report')
  local v = vim.version()
  print(('neovim %d.%d: diagnostics, hover, %d lenses, %d actions, report\n'):format(v.major, v.minor, #lenses, #actions))
end

local ok, err = pcall(check)
if not ok then fail(tostring(err)) end
vim.cmd('qall!')
